using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Lifecycle;

/// <summary>Writes a report into the attempt it speaks of. What follows for the job is decided by the caller.</summary>
internal static class AttemptReports
{
    /// <summary>Takes one report; the outcome says whether it was news.</summary>
    public static ReportOutcome Apply(Job job, Attempt attempt, AttemptEvent report, DateTimeOffset time) =>
        AttemptTransitions.Of(AttemptTransitions.StateOf(attempt), KindOf(report)) switch
        {
            AttemptMove.Changed => Write(job, attempt, report, time),
            AttemptMove.Duplicate => new ReportOutcome.Duplicate(),
            AttemptMove.Illegal => new ReportOutcome.Illegal($"attempt {attempt.Id} has ended"),
        };

    /// <summary>The kind of a report.</summary>
    public static ReportKind KindOf(AttemptEvent report) => report switch
    {
        AttemptEvent.Started => ReportKind.Started,
        AttemptEvent.Saved => ReportKind.Saved,
        AttemptEvent.Stopping => ReportKind.Stopping,
        AttemptEvent.Ended => ReportKind.Ended,
        _ => throw new ArgumentOutOfRangeException(nameof(report), report, "a kind of report that this version doesn't know"),
    };

    /// <summary>Takes over what a report says that is news.</summary>
    public static ReportOutcome Write(Job job, Attempt attempt, AttemptEvent report, DateTimeOffset time) => report switch
    {
        AttemptEvent.Started started => Start(attempt, started, time),
        AttemptEvent.Saved saved => Save(job, attempt, saved.Checkpoint, time),
        AttemptEvent.Stopping stopping => Stopping(attempt, stopping),
        AttemptEvent.Ended ended => End(attempt, ended, time),
        _ => throw new ArgumentOutOfRangeException(nameof(report), report, "a kind of report that this version doesn't know"),
    };

    private static ReportOutcome Start(Attempt attempt, AttemptEvent.Started started, DateTimeOffset time)
    {
        if (attempt.StartTime is not null) return new ReportOutcome.Duplicate();
        attempt.StartTime = time;
        attempt.ResumedFromStep = started.ResumedFromStep;
        return new ReportOutcome.Changed();
    }

    private static ReportOutcome Save(Job job, Attempt attempt, Checkpoint checkpoint, DateTimeOffset time)
    {
        if (!CheckpointList.TryAdd(job, checkpoint)) return new ReportOutcome.Duplicate();
        attempt.LastStep = Math.Max(attempt.LastStep ?? 0, checkpoint.Step);
        attempt.LastStepTime = time;
        return new ReportOutcome.Changed();
    }

    private static ReportOutcome Stopping(Attempt attempt, AttemptEvent.Stopping stopping)
    {
        attempt.StopCause = stopping.Cause;
        return new ReportOutcome.Changed();
    }

    private static ReportOutcome End(Attempt attempt, AttemptEvent.Ended ended, DateTimeOffset time)
    {
        attempt.EndTime = time;
        attempt.EndCause = ended.Cause;
        attempt.ExitCode = ended.ExitCode;
        attempt.Signal = ended.Signal;
        attempt.Message = ended.Message;
        return new ReportOutcome.Changed();
    }
}
