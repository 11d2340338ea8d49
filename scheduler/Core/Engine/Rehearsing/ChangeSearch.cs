using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.OpenHours;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>Finds changes with which a job would start at once: those for which there is room are tried by the engine on a copy.</summary>
internal static class ChangeSearch
{
    /// <summary>More would not help a reader.</summary>
    private const int MostFound = 4;

    /// <summary>Each is a copy of the pool: once something is found, no more than these.</summary>
    private const int MostTried = 12;

    /// <summary>And no more than these until something is.</summary>
    private const int MostTriedInVain = 60;

    public static IReadOnlyList<StartChange> Of(PoolEngine engine, PoolState state, Job job, IReadOnlyList<Job> rivals, DateTimeOffset now)
    {
        var (found, tried, kinds) = (new List<StartChange>(), 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var candidate in Candidates.Of(state, job.Spec))
        {
            if (found.Count == MostFound || tried >= (found.Count > 0 ? MostTried : MostTriedInVain)) break;
            if (kinds.Contains(candidate.Kind) || !HasRoom(state, job, candidate.Spec, now)) continue;
            tried++;
            if (Try(engine, state, job, candidate, rivals, now) is not { } change) continue;
            found.Add(change);
            kinds.Add(candidate.Kind);
        }

        return found;
    }

    /// <summary>A quick look at what is free, promises left aside: most candidates end here. What is lent, or open by now to a job that
    /// has waited so long, counts, too.</summary>
    private static bool HasRoom(PoolState state, Job job, JobSpec spec, DateTimeOffset now)
    {
        var tier = state.Room.Ready.TierOf(spec).Config;
        var open = ClassOpening.For(tier, spec.Draft.Checkpoint.Enabled).Where(rule => RequestClass.EligibleSince(job) + rule.After <= now);
        var query = new PlacementQuery(spec.Request, Contender.OpenClasses(tier, open));
        return Placer.Find(state.Map, query, null, HoursGate.For(state.Map, spec)) is not null;
    }

    private static StartChange? Try(
        PoolEngine engine, PoolState state, Job job, Candidate candidate, IReadOnlyList<Job> rivals, DateTimeOffset now)
    {
        var altered = Rehearsal.Waiting(job, candidate.Spec);
        var play = Rehearsal.Of(engine, state, [.. rivals.Select(rival => Rehearsal.Waiting(rival)), altered], now);
        play.Play(now, []);
        return altered.Attempt is { EndCause: null } attempt && altered.State.HoldsAllocation()
            ? new StartChange(candidate.Change, StartsNow: true, $"on {Words.Nodes(attempt.Allocation)}")
            : null;
    }
}
