using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Observability;
using GpuScheduler.Grains.Views;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// Owns one pool. Calls gather in the inbox while a cycle runs, so that one commit serves them all; nothing is acknowledged or
/// dispatched before it is durable.
/// </summary>
[KeepAlive]
public sealed partial class PoolGrain(
    IPoolStore store, PoolEngine engine, PoolRules rules, StorePosition position, TimeProvider clock, PoolInstruments instruments,
    PoolDoors doors, ILogger<PoolGrain> logger) : Grain, IPoolGrain
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(1);

    private readonly PoolInbox _inbox = new();
    private readonly PoolWatchers _watchers = new(clock);
    private readonly CostlyLooks _looks = new(clock);
    private readonly PoolMemory _memory = new(store, engine, rules, position, clock);
    private readonly PoisonBook _poisons = new(clock);
    private readonly CycleTraces _traces = new(clock);
    private readonly HashSet<NodeId> _lostAnEnd = [];
    private IGrainTimer? _wake;
    private PoolDoor? _door;
    private Task _running = Task.CompletedTask;
    private bool _cycling;

    private string PoolName => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _memory.Load(cancellationToken);
        instruments.OnTiers(rules.InForce.Tiers.Select(tier => tier.Name));
        LogLoaded(PoolName, _memory.Epoch, _memory.State.Jobs.Count, _memory.State.Nodes.Count);
        _wake = this.RegisterGrainTimer(Awake, Timer(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        this.RegisterGrainTimer(Beat, Timer(BeatInterval, BeatInterval));
        await Beat(cancellationToken);
        await AskNodesToRejoin();
        _inbox.Wake();
        await RunCycles();
        doors.Open(PoolName, _door = new PoolDoor(GrainContext.Scheduler, TakeIn, StartCycles));
    }

    /// <summary>A cycle that runs is finished: what it commits, it also answers.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_door is not null) doors.Close(PoolName, _door);
        return _running.WaitAsync(cancellationToken);
    }

    public Task<PoolAnswer> Apply(PoolCall call)
    {
        var pending = PendingCall.Of(call, clock);
        TakeIn(pending);
        StartCycles();
        return pending.Answer;
    }

    public Task<JobPage> GetJobs(JobQuery query) => Read(() =>
    {
        var now = clock.GetUtcNow();
        var jobs = JobSelection.First(_memory.State, query).Where(_memory.IsAdmitted).ToList();
        var views = jobs.Take(query.Limit).Select(job => JobViews.Of(_memory.State, job, now));
        return new JobPage([.. views], jobs.Count > query.Limit, position.Now.Commit);
    });

    public Task<PoolView> GetPool() => GetNodes("", int.MaxValue);

    public Task<PoolView> GetNodes(string behind, int most) => Read(() =>
    {
        var now = clock.GetUtcNow();
        var nodes = _memory.State.Nodes.SkipWhile(node => string.CompareOrdinal(node.Id.Name, behind) <= 0).Take(most)
            .Select(node => NodeViews.Of(_memory.State, node, now));
        return new PoolView(
            PoolName, _memory.Epoch, _memory.Refusing, [.. nodes], [.. PoolViews.Count(_memory.State, _memory.State.Config)]);
    });

    public Task<string?> WhyRefusing() => Read(() => _memory.Refusing);

    public async Task<ExplainAnswer> Explain(JobId id)
    {
        // What ended costs nothing to find out, and waits for no other question.
        if (await Read(() => _memory.State.FindJob(id) is null)) return new ExplainAnswer(null, null);
        var (seen, later) = await _looks.Run(Read, () => Explained(id));
        return new ExplainAnswer(seen, later);
    }

    private JobExplanation? Explained(JobId id)
    {
        var now = clock.GetUtcNow();
        return _memory.State.FindJob(id) is { } job && _memory.IsAdmitted(job)
            ? new JobExplanation(
                JobViews.Of(_memory.State, job, now), [.. engine.Explain(_memory.State, job, now)],
                engine.Forecast(_memory.State, job, now), PoolEngine.ChoiceOf(job))
            : null;
    }

    public Task<PriorityPage> GetPriorities(JobQuery query, PriorityMark? behind) =>
        Read(() => PriorityViews.Of(_memory.State, query, behind, _memory.IsAdmitted, clock.GetUtcNow()));

    public Task<ArrayView> GetArray(long number) => Read(() =>
    {
        var first = _memory.State.ElementsOf(number).Where(_memory.IsAdmitted)
            .MinBy(job => (job.State.HoldsAllocation(), job.Id.Index));
        return ArrayView.Of(_memory.State.DigestOf(number, clock.GetUtcNow()), first?.Id);
    });

    public Task<SharePage> GetShares() => Read(() => new SharePage([.. _memory.State.SharesAt(clock.GetUtcNow())]));

    public Task<PoolMark> Watch(IPoolWatcher watcher) => Read(() =>
    {
        _watchers.Renew(watcher);
        return new PoolMark(_memory.Epoch, _watchers.Sequence);
    });

    public Task Unwatch(IPoolWatcher watcher)
    {
        _watchers.Remove(watcher);
        return Task.CompletedTask;
    }

    private void TakeIn(PendingCall call)
    {
        if (WhyNot(call.Call) is { } why) call.End(PoolAnswer.Refused(why, _memory.Epoch));
        else _inbox.Add(call);
    }

    private string? WhyNot(PoolCall call) =>
        _memory.Refusing ?? _poisons.WhyNot(call) ?? (_inbox.IsFull ? "too many calls are waiting; try again" : null);

    private void StartCycles()
    {
        if (!_cycling && _inbox.HasWork) _running = RunCycles();
    }

    private static GrainTimerCreationOptions Timer(TimeSpan due, TimeSpan period) =>
        new(due, period) { Interleave = true, KeepAlive = true };

    /// <summary>Looks at the state between two cycles: what is seen is durable.</summary>
    private Task<T> Read<T>(Func<T> look) => _cycling ? _inbox.AtNextPause(look) : Task.FromResult(look());

    /// <summary>Proves that this pool's turns run; a stuck one shows in the age of the last beat.</summary>
    private Task Beat(CancellationToken cancellationToken)
    {
        instruments.OnBeat(clock.GetTimestamp());
        return Task.CompletedTask;
    }

    private async Task Awake(CancellationToken cancellationToken)
    {
        if (_memory.Refusing is not null && !await TryRecover(cancellationToken)) return;
        _inbox.Wake();
        if (!_cycling) await (_running = RunCycles());
    }
}
