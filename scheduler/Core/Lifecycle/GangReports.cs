using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Lifecycle;

/// <summary>Writes a report into the rank it speaks of, and into the attempt what holds for the gang as a whole: it has started when
/// all ranks have, and has ended when all have.</summary>
internal static class GangReports
{
    /// <summary>Takes one report; the outcome says whether it was news.</summary>
    public static ReportOutcome Apply(Job job, Attempt attempt, int rank, AttemptEvent report, DateTimeOffset time) =>
        AttemptTransitions.Of(StateOf(attempt, attempt.Ranks[rank]), AttemptReports.KindOf(report)) switch
        {
            AttemptMove.Changed => Write(job, attempt, rank, report, time),
            AttemptMove.Duplicate => new ReportOutcome.Duplicate(),
            AttemptMove.Illegal => new ReportOutcome.Illegal($"rank {rank} of attempt {attempt.Id} has ended"),
        };

    /// <summary>A rank ended that its worker didn't end.</summary>
    public static void EndUnreported(Attempt attempt, int rank, EndCause cause, string message, DateTimeOffset lastSeen)
    {
        var one = attempt.Ranks[rank];
        (one.EndTime, one.EndCause, one.Message) = (lastSeen, cause, message);
        if (GangVerdict.HasEnded(attempt)) GangVerdict.Write(attempt);
    }

    private static AttemptState StateOf(Attempt attempt, GangRank rank) => (attempt, rank) switch
    {
        (_, { EndTime: not null }) => AttemptState.Ended,
        ({ StopCause: not null }, _) => AttemptState.Stopping,
        (_, { StartTime: not null }) => AttemptState.Started,
        _ => AttemptState.Granted,
    };

    private static ReportOutcome Write(Job job, Attempt attempt, int rank, AttemptEvent report, DateTimeOffset time) => report switch
    {
        AttemptEvent.Started started => Start(attempt, rank, started, time),
        AttemptEvent.Saved saved => Save(job, attempt, rank, saved, time),
        AttemptEvent.Ended ended => End(attempt, attempt.Ranks[rank], ended, time),
        _ => AttemptReports.Write(job, attempt, report, time),
    };

    private static ReportOutcome Start(Attempt attempt, int rank, AttemptEvent.Started started, DateTimeOffset time)
    {
        if (attempt.Ranks[rank].StartTime is not null) return new ReportOutcome.Duplicate();
        attempt.Ranks[rank].StartTime = time;
        if (rank == 0) attempt.ResumedFromStep = started.ResumedFromStep;
        if (attempt.Ranks.All(one => one.StartTime is not null)) attempt.StartTime = attempt.Ranks.Max(one => one.StartTime);
        return new ReportOutcome.Changed();
    }

    /// <summary>Ranks share their checkpoints: a step that one has reported is no news from another, but the head knows it best.</summary>
    private static ReportOutcome Save(Job job, Attempt attempt, int rank, AttemptEvent.Saved saved, DateTimeOffset time) =>
        rank > 0 && job.Checkpoints.Any(known => known.Step == saved.Checkpoint.Step)
            ? new ReportOutcome.Duplicate()
            : AttemptReports.Write(job, attempt, saved, time);

    private static ReportOutcome End(Attempt attempt, GangRank rank, AttemptEvent.Ended ended, DateTimeOffset time)
    {
        rank.EndTime = time;
        if (rank.EndCause is null)
            (rank.EndCause, rank.ExitCode, rank.Signal, rank.Message) = (ended.Cause, ended.ExitCode, ended.Signal, ended.Message);
        if (GangVerdict.HasEnded(attempt)) GangVerdict.Write(attempt);
        return new ReportOutcome.Changed();
    }
}
