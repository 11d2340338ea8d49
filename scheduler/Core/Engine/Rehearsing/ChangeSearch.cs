using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.OpenHours;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>Finds changes with which a job would start at once: those for which there is room are tried by the engine on a copy.</summary>
internal static class ChangeSearch
{
    /// <summary>More would not help a reader.</summary>
    private const int MostFound = 4;

    /// <summary>Each is a copy of the pool.</summary>
    private const int MostTried = 12;

    public static IReadOnlyList<StartChange> Of(PoolEngine engine, PoolState state, Job job, IReadOnlyList<Job> rivals, DateTimeOffset now)
    {
        // Asking a pool for the class of a request makes it remember the class: the questions go to a copy.
        var probe = Rehearsal.Of(engine, state, [], now).State;
        var (found, tried, kinds) = (new List<StartChange>(), 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var candidate in Candidates.Of(state, job.Spec))
        {
            if (found.Count == MostFound || tried == MostTried) break;
            var kind = candidate.Change.Split(' ')[0];
            if (kinds.Contains(kind) || !HasRoom(probe, candidate.Spec)) continue;
            tried++;
            if (Try(engine, state, job, candidate, rivals, now) is not { } change) continue;
            found.Add(change);
            kinds.Add(kind);
        }

        return found;
    }

    /// <summary>A quick look at what is free, promises left aside: most candidates end here.</summary>
    private static bool HasRoom(PoolState probe, JobSpec spec)
    {
        var requestClass = probe.Room.Ready.ClassOf(spec);
        return Placer.Find(probe.Map, new PlacementQuery(spec.Request, Contender.OpenClasses(requestClass, 0)), null,
            HoursGate.For(probe.Map, spec)) is not null;
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
