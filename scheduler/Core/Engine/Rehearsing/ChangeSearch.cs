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

    /// <summary>Pairs that are looked at: where two things are too much, the nearest are among the first.</summary>
    private const int MostPairs = 4_000;

    public static IReadOnlyList<StartChange> Of(PoolEngine engine, PoolState state, Job job, IReadOnlyList<Job> rivals, DateTimeOffset now)
    {
        var singles = Candidates.Of(state, job.Spec).ToList();
        var found = Among(singles, engine, state, job, rivals, now);
        return found.Count > 0 ? found : Among(Pairs(state, singles).Take(MostPairs), engine, state, job, rivals, now);
    }

    private static List<StartChange> Among(
        IEnumerable<Candidate> candidates, PoolEngine engine, PoolState state, Job job, IReadOnlyList<Job> rivals, DateTimeOffset now)
    {
        var (found, tried, kinds) = (new List<StartChange>(), 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var candidate in candidates)
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

    /// <summary>Two changes of different kinds at once, each pair in one order.</summary>
    private static IEnumerable<Candidate> Pairs(PoolState state, List<Candidate> singles)
    {
        var place = singles.Select(one => one.Kind).Distinct(StringComparer.Ordinal).Select((kind, at) => (kind, at))
            .ToDictionary(one => one.kind, one => one.at, StringComparer.Ordinal);
        foreach (var first in singles)
        {
            foreach (var second in Candidates.Of(state, first.Spec))
            {
                if (place.GetValueOrDefault(second.Kind, int.MaxValue) > place[first.Kind])
                    yield return new Candidate($"{first.Kind} and {second.Kind}", Both(first.Change, second.Change), second.Spec);
            }
        }
    }

    /// <summary>The second change of cards has the first in it.</summary>
    private static string Both(string first, string second) =>
        first.StartsWith("--gpus", StringComparison.Ordinal) && first.Split(' ')[0] == second.Split(' ')[0] ? second : $"{first} {second}";

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
