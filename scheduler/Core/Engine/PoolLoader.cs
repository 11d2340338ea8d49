using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.NodeHealth;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>Rebuilds a pool's state from what its store remembers.</summary>
internal static class PoolLoader
{
    public static PoolState Load(PoolConfig config, StoredPool stored, DateTimeOffset now)
    {
        var state = new PoolState(config, stored.NextJobNumber, now);
        state.Map.Now = now;
        state.Remember(stored);
        foreach (var node in stored.Nodes) AddNode(state, node, now);
        foreach (var ended in stored.Ended) state.Table.AddEnded(ended.Id, ended.State);
        foreach (var job in stored.Jobs) state.Table.Add(job);
        foreach (var use in stored.Uses) state.Accounting.Accounts.Remember(use.Account, use.Use, use.Time);
        foreach (var facts in stored.Families) state.Families.Put(facts);
        foreach (var job in stored.Jobs) SameCards.Remember(state, job);
        foreach (var key in stored.Keys) state.Keys.Add(key);
        foreach (var job in stored.Jobs) Resume(state, job, now);
        foreach (var job in stored.Jobs) Seat(state, job, now);
        foreach (var same in stored.Jobs.GroupBy(job => job.Spec.Request, ReferenceEqualityComparer.Instance))
            state.Map.Demand.Note((ResourceRequest)same.Key!, same.Count(), now);
        return state;
    }

    private static NodeSlot AddNode(PoolState state, Node node, DateTimeOffset now)
    {
        node.Session = null;
        node.SilentSince = now;
        var slot = state.AddNode(node);
        state.Silent.Add(node.Id);
        if (DrainSchedule.HasDeadline(node)) state.Draining.Add(node.Id);
        return slot;
    }

    /// <summary>What was granted is granted still: attempts outlive the scheduler.</summary>
    private static void Resume(PoolState state, Job job, DateTimeOffset now)
    {
        if (!job.State.HoldsAllocation()) return;
        var attempt = job.Attempt!;
        NotAhead(attempt, now);
        foreach (var share in attempt.Allocation.Nodes)
        {
            var slot = state.Map.Find(share.Node) ?? AddNode(state, new Node(share.Node), now);
            state.Map.Take(slot, state.HoldOf(job, slot, share));
        }

        state.Accounting.Resume(job, attempt, state.Map, now);
        state.Room.CountAsPassed(job);
    }

    /// <summary>Older schedulers believed a worker's clock that was ahead by thousands of years.</summary>
    private static void NotAhead(Attempt attempt, DateTimeOffset now)
    {
        if (attempt.StartTime > now) attempt.StartTime = now;
        if (attempt.LastStepTime > now) attempt.LastStepTime = now;
        foreach (var rank in attempt.Ranks)
        {
            if (rank.StartTime > now) rank.StartTime = now;
        }
    }

    private static void Seat(PoolState state, Job job, DateTimeOffset now)
    {
        if (!job.State.HoldsAllocation()) state.Room.Seat(job, now);
    }
}
