using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>A pool of machines with hours. The clock goes from one moment that matters to the next, as a host's does; programs end when
/// their time has come, and those asked to stop use the whole of their grace.</summary>
internal sealed class NightPool
{
    private readonly TestPool _pool;
    private readonly IReadOnlyDictionary<string, (int From, int To)[]> _hours;
    private readonly Dictionary<JobId, TimeSpan> _runs = [];
    private readonly Dictionary<JobId, (DateTimeOffset Time, EndCause Cause)> _ends = [];
    private readonly Dictionary<PoolEffect, TimeSpan?> _learned = new(ReferenceEqualityComparer.Instance);
    private int _effectsSeen;

    /// <param name="hours">By machine, in minutes of the day, UTC; a machine that isn't named is always open.</param>
    /// <param name="machines">The machines.</param>
    public NightPool(IReadOnlyDictionary<string, (int From, int To)[]> hours, params Machine[] machines)
    {
        _hours = hours;
        var rules = hours.Select(
            entry => new NodeRule { Name = entry.Key, Available = [.. entry.Value.Select(one => $"{Clock(one.From)}-{Clock(one.To)}")] });
        _pool = new TestPool(new PoolConfig { Nodes = [.. rules] }).Join(machines);
    }

    public DateTimeOffset Now => _pool.Now;

    public PoolState State => _pool.State;

    /// <summary>Orders to start and to stop, with when they were given.</summary>
    public List<(DateTimeOffset Time, PoolEffect Order)> Orders { get; } = [];

    /// <summary>What was known of a job's run time when it was told to start; null: nothing.</summary>
    public TimeSpan? LearnedAt(PoolEffect order) => _learned.GetValueOrDefault(order);

    public void Submit(JobDraft draft, TimeSpan run)
    {
        _runs[_pool.Submit(draft)] = run;
        Settle();
    }

    public void Pass(TimeSpan span)
    {
        for (var until = Now + span; ;)
        {
            var next = _ends.Values.Select(end => (DateTimeOffset?)end.Time).Append(_pool.Last.WakeAt).Where(time => time > Now).Min();
            _pool.After((next < until ? next.Value : until) - Now);
            Settle();
            if (Now == until) return;
        }
    }

    /// <summary>When a machine that is open now closes; null: never.</summary>
    public DateTimeOffset? ClosesAt(NodeId node)
    {
        if (!_hours.TryGetValue(node.Name, out var windows)) return null;
        var (midnight, minute) = (Now - Now.TimeOfDay, Now.TimeOfDay.TotalMinutes);
        return windows.Where(one => one.From <= minute && minute < one.To).Select(one => (DateTimeOffset?)midnight.AddMinutes(one.To))
            .FirstOrDefault(midnight);
    }

    /// <summary>Jobs with something on a machine.</summary>
    public IEnumerable<Job> On(NodeId node) =>
        _pool.State.Jobs.Where(job => job.State.HoldsAllocation() && job.Attempt!.Allocation.RankOf(node) >= 0);

    private static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";

    /// <summary>Workers obey, and what is due ends; until nothing more comes of it.</summary>
    private void Settle()
    {
        do
        {
            Obey();
            foreach (var (id, end) in _ends.Where(entry => entry.Value.Time <= Now).OrderBy(entry => entry.Key).ToList())
            {
                End(id, end.Cause);
                Obey();
            }
        }
        while (_effectsSeen < _pool.Effects.Count);
    }

    private void Obey()
    {
        for (; _effectsSeen < _pool.Effects.Count; _effectsSeen++) Obey(_pool.Effects[_effectsSeen]);
    }

    private void Obey(PoolEffect effect)
    {
        Orders.Add((Now, effect));
        _learned[effect] = effect is PoolEffect.Dispatch granted ? RunTimes.Cautious(State.Families.Of(granted.Order.Spec)) : null;
        if (effect is PoolEffect.Dispatch dispatch) Start(dispatch.Order.Attempt.Job);
        else if (effect is PoolEffect.Stop stop && _ends.TryGetValue(stop.Attempt.Job, out var end) && end.Time > Now + stop.Grace)
            _ends[stop.Attempt.Job] = (Now + stop.Grace, stop.Cause);
    }

    private void Start(JobId id)
    {
        var limit = _pool[id].Spec.TimeLimit ?? TimeSpan.MaxValue;
        _ends[id] = _runs[id] < limit ? (Now + _runs[id], EndCause.Exited) : (Now + limit, EndCause.TimeLimit);
        _pool.Start(id);
    }

    private void End(JobId id, EndCause cause)
    {
        _ends.Remove(id);
        if (cause == EndCause.Exited) _pool.Exit(id);
        else _pool.End(id, cause, 143);
    }
}
