using System.Globalization;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Benchmarks.Cycles;

/// <summary>
/// The engine with a queue, nothing else: no store, no worker. Time is the pool's own, a second from one job's end to the next, so what
/// is renewed once a minute is renewed 33 times in 2,000 steps.
/// </summary>
internal sealed class CyclePool
{
    private const int Batch = 10_000;
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    private readonly CycleCase _case;
    private readonly CycleInputs _inputs;
    private readonly PoolEngine _engine;
    private readonly PoolState _state;
    private readonly List<AttemptId> _running = [];
    private readonly Random _random = new(1);

    /// <summary>Granted in the last step: they report their start with the next one.</summary>
    private readonly List<AttemptId> _granted = [];

    /// <summary>Asked to stop in the last step: they end with the next one.</summary>
    private readonly HashSet<AttemptId> _asked = [];

    private ulong _decisions = 14695981039346656037;
    private DateTimeOffset _now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private long _sequence;
    private int _nodes;
    private int _submitted;

    public CyclePool(CycleCase of)
    {
        (_case, _inputs) = (of, new CycleInputs(of));
        _engine = new PoolEngine(_inputs.Rules);
        _state = PoolState.Load(_inputs.Rules, new StoredPool(1, 1, [], [], [], []), _now);
    }

    /// <summary>A number that stands for every start and stop so far, with its devices: equal for two engines that decide alike.</summary>
    public string Decisions => _decisions.ToString("x16", CultureInfo.InvariantCulture);

    public int Nodes => _nodes;

    public int Waiting => _state.Jobs.Count - _running.Count;

    /// <summary>So many jobs, or their number in whole arrays.</summary>
    public void Submit(int jobs)
    {
        for (var left = jobs / _case.Elements; left > 0; left -= Batch)
        {
            var batch = Enumerable.Range(_submitted, Math.Min(Batch, left)).Select(i => new JobSubmission(_inputs.Draft(i), "")).ToList();
            _submitted += batch.Count;
            if (Step([new PoolInput.Submit(batch)]).Replies[0] is PoolReply.Rejected refused)
                throw new InvalidOperationException($"the pool takes no such jobs: {refused.Faults[0]}");
        }
    }

    /// <summary>The inputs of machines that come, up to so many cards.</summary>
    public List<PoolInput> Joining(int cards)
    {
        var first = _nodes;
        _nodes = Math.Max(_nodes, cards / CycleInputs.CardsPerNode);
        return [.. Enumerable.Range(first, _nodes - first).Select(_inputs.Join)];
    }

    /// <summary>The inputs of a second in which one job ends, those granted before start, and those asked to stop do.</summary>
    public List<PoolInput> Ending()
    {
        _now += Gap;
        var inputs = new List<PoolInput>();
        foreach (var attempt in _granted) Report(inputs, attempt, new AttemptEvent.Started(null));
        _granted.Clear();
        foreach (var attempt in _asked) End(inputs, _running.IndexOf(attempt), EndCause.Preempted);
        _asked.Clear();
        End(inputs, _random.Next(_running.Count), EndCause.Exited);
        return inputs;
    }

    /// <summary>Everything ends on machines that take no more work; returns the inputs that open them again.</summary>
    public List<PoolInput> Empty()
    {
        Step([.. Names().Select(name => new PoolInput.Drain(name, "", null, "ann"))]);
        var inputs = new List<PoolInput>();
        while (_running.Count > 0) End(inputs, _running.Count - 1, EndCause.Exited);
        _granted.Clear();
        _asked.Clear();
        Step(inputs);
        return [.. Names().Select(name => new PoolInput.Resume(name, "ann"))];
    }

    /// <summary>Submits until as many wait as the case says, although those who find room start.</summary>
    public void FillUp()
    {
        while (_case.Waiting - Waiting >= _case.Elements) Submit(_case.Waiting - Waiting);
    }

    /// <summary>One cycle.</summary>
    public StepResult Step(List<PoolInput> inputs)
    {
        var result = _engine.Step(_state, inputs, _now);
        Note(result);
        return result;
    }

    private IEnumerable<string> Names() => _state.Nodes.Select(node => node.Id.Name);

    private void Note(StepResult result)
    {
        foreach (var effect in result.Effects)
        {
            if (effect is PoolEffect.Stop stop)
            {
                _asked.Add(stop.Attempt);
                Hash($"stop {stop.Attempt}");
            }

            if (effect is PoolEffect.Dispatch { Order: var any })
                Hash($"start {any.Attempt} {any.Share.Node} {string.Join(' ', any.Share.Devices.Select(device => device.Uuid))}");
            if (effect is not PoolEffect.Dispatch { Order: { Gang: null or { Rank: 0 } } order }) continue;
            _running.Add(order.Attempt);
            _granted.Add(order.Attempt);
        }
    }

    private void Hash(string text)
    {
        foreach (var letter in text) _decisions = (_decisions ^ letter) * 1099511628211;
    }

    private void End(List<PoolInput> inputs, int at, EndCause cause)
    {
        Report(inputs, _running[at], new AttemptEvent.Ended(cause, cause == EndCause.Exited ? 0 : null, null, ""));
        _running[at] = _running[^1];
        _running.RemoveAt(_running.Count - 1);
    }

    private void Report(List<PoolInput> inputs, AttemptId attempt, AttemptEvent what)
    {
        foreach (var share in _state.FindJob(attempt.Job)!.Attempt!.Allocation.Nodes)
            inputs.Add(new PoolInput.Reported(share.Node, ++_sequence, attempt, _now, what));
    }
}
