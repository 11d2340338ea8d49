using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Grains.Views;

namespace GpuScheduler.Grains.Pools;

/// <summary>The cycle: the one place where a pool changes.</summary>
public sealed partial class PoolGrain
{
    /// <summary>Jobs in one message to the watchers.</summary>
    private const int MostPublished = 1_000;

    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    /// <summary>Runs cycles until nothing waits. At most one runs at a time: a call that finds none running starts it.</summary>
    private async Task RunCycles()
    {
        _cycling = true;
        try
        {
            while (_inbox.HasWork)
            {
                await RunCycle();
                _inbox.Pause();
            }
        }
        finally
        {
            _cycling = false;
            _inbox.Pause();
        }
    }

    private async Task RunCycle()
    {
        var started = clock.GetTimestamp();

        // 1. Take every call that gathered while the last cycle ran.
        var calls = _inbox.Take();
        try
        {
            var step = await Serve(calls);
            _failedInARow = 0;
            instruments.OnCycle(clock.GetElapsedTime(started), calls.Inputs.Count, step.Changes.Count > 0);
        }
        catch (Exception failure)
        {
            await Fail(calls, failure);
        }
    }

    /// <summary>A whole cycle for these calls. The one code path: calls that are served alone take it, too.</summary>
    private async Task<StepResult> Serve(CycleCalls calls)
    {
        _stage = CycleStage.Deciding;

        // 2. Decide: reports, leases, order, placement. No waiting in here.
        var step = await Decide(_poisons.Sift(calls.Inputs));

        // 3. Persist everything in one transaction.
        _stage = CycleStage.Writing;
        var began = step.Changes.Count > 0 ? clock.GetUtcNow() : (DateTimeOffset?)null;
        await Persist(calls.Inputs, step);
        _stage = CycleStage.Durable;
        _traces.Committed(calls, step.Replies, began);

        // 4. Answer the callers.
        NoteBroken(calls.Inputs, step.Replies);
        calls.Complete(step.Replies, _memory.Epoch, InternalError);

        // 5. Dispatch: tell the workers.
        await Dispatch(step);

        // 6. Publish to the watchers.
        await Publish(step);

        // 7. Sleep until something is due.
        WakeAt(step.WakeAt);
        if (BeginsGeneration(step)) await BeginGeneration();
        return step;
    }

    private async Task<StepResult> Decide(IReadOnlyList<PoolInput> inputs)
    {
        var (complete, now) = (await ReadBack(inputs), clock.GetUtcNow());
        _memory.Begin(complete, now);
        return engine.Step(_memory.State, complete, now);
    }

    /// <summary>Rules that a reload has put in force are in force for all once it is durable, in whatever cycle it came.</summary>
    private async Task Persist(IReadOnlyList<PoolInput> inputs, StepResult step)
    {
        _memory.Remember(step);
        _memory.Finish(step.Changes.Count > 0 ? await store.CommitAsync(_memory.Epoch, step.Changes, CancellationToken.None) : null);
        _memory.NoteSessions(inputs, step.Replies);
        var config = _memory.State.Config;
        if (!ReferenceEquals(rules.InForce, config)) instruments.OnTiers(config.Tiers.Select(tier => tier.Name));
        rules.InForce = config;
    }

    private void NoteBroken(IReadOnlyList<PoolInput> inputs, IReadOnlyList<PoolReply?> replies)
    {
        for (var i = 0; i < replies.Count; i++)
        {
            if (replies[i] is not PoolReply.Broken { Failure: var failure }) continue;
            LogPoison(failure, PoolName, InputWords.Of(inputs[i]));
            instruments.OnPoison();
        }
    }

    /// <summary>Orders for one node keep their order. No worker is waited for. Those of a step that begins a generation are dropped:
    /// every worker comes again with another folder, and is then sent what it misses.</summary>
    private async Task Dispatch(StepResult step)
    {
        if (BeginsGeneration(step)) return;
        foreach (var effects in step.Effects.GroupBy(effect => effect.Node))
        {
            var session = _memory.State.FindNode(effects.Key)?.Session ?? "";
            PoolEffect[] orders = [.. effects];
            await GrainFactory.GetGrain<INodeGrain>(effects.Key.Name).Carry(new NodeOrders(orders, session, _traces.Dispatched(orders)));
        }
    }

    private async Task Publish(StepResult step)
    {
        instruments.OnChanged(step.ChangedJobs);
        if (!_watchers.Any || (step.ChangedJobs.Count == 0 && step.ChangedNodes.Count == 0)) return;
        var now = clock.GetUtcNow();
        // An array's cancellation changes each of its elements: no message grows with them.
        foreach (var jobs in step.ChangedJobs.Select(job => JobViews.Of(_memory.State, job, now)).Chunk(MostPublished).DefaultIfEmpty([]))
            await _watchers.Publish(sequence => new PoolChange(_memory.Epoch, sequence, jobs, step.ChangedNodes.Count > 0));
    }

    private void WakeAt(DateTimeOffset? when)
    {
        var due = when - clock.GetUtcNow() ?? Timeout.InfiniteTimeSpan;
        // A timer can't count further than seven weeks; waking too early costs one cycle without work.
        if (when is not null) due = TimeSpan.FromTicks(Math.Clamp(due.Ticks, 0, LongestSleep.Ticks));
        _wake?.Change(due, Timeout.InfiniteTimeSpan);
    }
}
