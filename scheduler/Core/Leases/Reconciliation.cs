using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Leases;

/// <summary>What to do about one attempt when its node is back.</summary>
internal enum LeaseVerdict
{
    /// <summary>It runs on, or its report is on its way.</summary>
    Keep,

    /// <summary>The order to start never arrived.</summary>
    DispatchAgain,

    /// <summary>The order to stop may not have arrived.</summary>
    StopAgain,

    /// <summary>It was to stop before it had been started: nothing of it exists.</summary>
    NeverStarted,

    /// <summary>It had started, and is gone.</summary>
    Lost,

    /// <summary>A gang's rank that counted as lost lives: the gang's attempt ends only when it has stopped.</summary>
    LivesAfterAll,

    /// <summary>It lives, and is not its job's newest: it must stop, and holds its devices until it has.</summary>
    Fence,
}

/// <summary>Compares what a node that joins holds with what it should hold.</summary>
internal static class Reconciliation
{
    /// <summary>What to do about each attempt that should be there.</summary>
    /// <param name="current">A job whose newest, living attempt is on the node.</param>
    /// <param name="held">What the worker says of that attempt; null: it doesn't hold it.</param>
    /// <param name="bootChanged">The machine was started anew: nothing earlier can live.</param>
    /// <param name="node">Whose rank it is about.</param>
    public static LeaseVerdict OfCurrent(Job current, HeldAttempt? held, bool bootChanged, NodeId node)
    {
        var attempt = current.Attempt!;
        var rank = attempt.Allocation.IsGang ? attempt.Ranks[attempt.Allocation.RankOf(node)] : null;
        if (rank?.EndTime is not null) return held is { Running: true } && !bootChanged ? LeaseVerdict.LivesAfterAll : LeaseVerdict.Keep;
        if (bootChanged) return LeaseVerdict.Lost;
        if (held is not null) return held.Running && attempt.StopCause is not null ? LeaseVerdict.StopAgain : LeaseVerdict.Keep;
        if ((rank?.StartTime ?? attempt.StartTime) is not null) return LeaseVerdict.Lost;
        return attempt.StopCause is null ? LeaseVerdict.DispatchAgain : LeaseVerdict.NeverStarted;
    }

    /// <summary>Attempts that the worker still runs although they are not current, sorted.</summary>
    public static IReadOnlyList<AttemptId> ToFence(IReadOnlyList<HeldAttempt> held, IReadOnlySet<AttemptId> current) =>
        [.. held.Where(one => one.Running && !current.Contains(one.Attempt)).Select(one => one.Attempt).Distinct()
            .OrderBy(id => id.Job).ThenBy(id => id.Number)];
}
