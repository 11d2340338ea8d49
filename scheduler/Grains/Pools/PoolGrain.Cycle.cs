using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Grains.Views;

namespace GpuScheduler.Grains.Pools;

/// <summary>The cycle: the one place where a pool changes.</summary>
public sealed partial class PoolGrain
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    /// <summary>Runs cycles until nothing waits. At most one runs at a time: whoever finds none running starts it.</summary>
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
        var durable = false;

        // 1. Take every call that gathered while the last cycle ran.
        var calls = _inbox.Take();
        try
        {
            // 2. Decide: reports, leases, order, placement. No waiting in here.
            var step = await Decide(calls.Inputs);

            // 3. Persist everything in one transaction.
            await Persist(step);
            durable = true;

            rules.InForce = _memory.State.Config;

            // 4. Answer those who wait.
            calls.Complete(step.Replies, _memory.Epoch);

            // 5. Dispatch: tell the workers.
            await Dispatch(step.Effects);

            // 6. Publish to those who watch.
            await Publish(step);

            // 7. Sleep until something is due.
            WakeAt(step.WakeAt);
            _failedInARow = 0;
            instruments.OnCycle(clock.GetElapsedTime(started), calls.Inputs.Count, step.Changes.Count > 0);
        }
        catch (Exception failure)
        {
            await Fail(calls, failure, durable);
        }
    }

    private async Task<StepResult> Decide(IReadOnlyList<PoolInput> inputs) =>
        engine.Step(_memory.State, await ReadBack(inputs), clock.GetUtcNow());

    private async Task Persist(StepResult step)
    {
        _memory.Remember(step);
        if (step.Changes.Count > 0) await store.CommitAsync(_memory.Epoch, step.Changes, CancellationToken.None);
    }

    /// <summary>Orders for one node keep their order. No worker is waited for.</summary>
    private async Task Dispatch(IReadOnlyList<PoolEffect> effects)
    {
        foreach (var orders in effects.GroupBy(effect => effect.Node))
            await GrainFactory.GetGrain<INodeGrain>(orders.Key.Name).Carry(new NodeOrders([.. orders]));
    }

    private async Task Publish(StepResult step)
    {
        instruments.OnChanged(step.ChangedJobs);
        if (!_watchers.Any || (step.ChangedJobs.Count == 0 && step.ChangedNodes.Count == 0)) return;
        var now = clock.GetUtcNow();
        var jobs = step.ChangedJobs.Select(job => JobViews.Of(_memory.State, job, now)).ToArray();
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
