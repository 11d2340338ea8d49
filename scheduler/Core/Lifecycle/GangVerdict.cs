using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Lifecycle;

/// <summary>How a gang ended: as one, by the rank that decided it.</summary>
internal static class GangVerdict
{
    /// <summary>No rank lives.</summary>
    public static bool HasEnded(Attempt attempt) => attempt.Ranks.All(rank => rank.EndTime is not null);

    /// <summary>A rank that ended in any other way than by success takes the gang with it.</summary>
    public static bool Fails(GangRank rank) => rank.EndTime is not null && rank is not { EndCause: EndCause.Exited, ExitCode: 0 };

    /// <summary>Writes into the attempt how it ended; every rank has.</summary>
    public static void Write(Attempt attempt)
    {
        var at = Decisive(attempt);
        var rank = attempt.Ranks[at];
        attempt.EndTime = attempt.Ranks.Max(one => one.EndTime);
        (attempt.EndCause, attempt.ExitCode, attempt.Signal) = (rank.EndCause, rank.ExitCode, rank.Signal);
        var where = $"rank {at} on {attempt.Allocation.Nodes[at].Node}";
        attempt.Message = !Fails(rank) ? rank.Message : rank.Message.Length > 0 ? $"{where}: {rank.Message}" : where;
    }

    /// <summary>When the gang last worked as a whole.</summary>
    public static DateTimeOffset LastWorked(Attempt attempt) => attempt.Ranks.Min(rank => rank.EndTime) ?? attempt.GrantTime;

    /// <summary>The one that was stopped as asked; else one whose node failed, as that makes the others fail; else the first that
    /// failed by itself; else the head: all succeeded.</summary>
    private static int Decisive(Attempt attempt)
    {
        var failed = Enumerable.Range(0, attempt.Ranks.Count).Where(at => Fails(attempt.Ranks[at]))
            .OrderBy(at => Weight(attempt, attempt.Ranks[at])).ThenBy(at => attempt.Ranks[at].EndTime).ThenBy(at => at).ToList();
        return failed.Count == 0 ? 0 : failed[0];
    }

    private static int Weight(Attempt attempt, GangRank rank) => rank.EndCause switch
    {
        EndCause.RankFailed => 4,
        { } cause when cause == attempt.StopCause => 0,
        EndCause.NodeLost => 1,
        EndCause.LaunchFailed or EndCause.NotHere or EndCause.Unstartable => 2,
        _ => 3,
    };
}
