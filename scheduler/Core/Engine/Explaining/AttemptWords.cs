using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Puts attempts into words.</summary>
internal static class AttemptWords
{
    /// <summary>
    /// An attempt that lives, such as <c>2, started 2026-01-05 09:00:12Z from step 300; the one before ended: its node was lost</c>.
    /// </summary>
    /// <param name="attempt">Has not ended.</param>
    /// <param name="hasCheckpoint">Its worker checks one before it starts: of a large one, for minutes.</param>
    public static string OfLiving(Attempt attempt, bool hasCheckpoint)
    {
        var since = attempt.StartTime is { } start
            ? $"started {Words.Time(start)}{From(attempt)}{Saved(attempt)}"
            : $"granted {Words.Time(attempt.GrantTime)}; its worker has not reported its start yet"
                + (hasCheckpoint ? "; it may be checking the checkpoint to go on from" : "");
        var before = attempt.Origin.PreviousEnd is { } previous ? $"; the one before ended: {Of(previous)}" : "";
        return $"{attempt.Id.Number}, {since}{before}";
    }

    /// <summary>One that has ended, such as <c>1 on lab with 2 cards: exit status 1 after 12 s; 12 s of work lost</c>.</summary>
    public static string Of(Attempt attempt)
    {
        var how = attempt.EndCause is null ? "has not ended" : HowItEnded(attempt);
        var lost = attempt.LostWork is { } work && work >= TimeSpan.FromSeconds(1) ? $"; {Words.Span(work)} of work lost" : "";
        var message = attempt.Message.Length > 0 ? $" ({attempt.Message})" : "";
        return $"{attempt.Id.Number} on {attempt.Allocation.NodeNames()}{With(attempt.Allocation)}: "
            + $"{how}{After(attempt)}{message}{From(attempt)}{Saved(attempt)}{lost}";
    }

    /// <summary>How an attempt ended, for people.</summary>
    public static string HowItEnded(Attempt attempt) => attempt switch
    {
        { EndCause: EndCause.Exited, Signal: { } signal } => $"ended by signal {signal}",
        { EndCause: EndCause.Exited, ExitCode: { } code } => $"exit status {code}",
        { EndCause: { } cause } => Of(cause),
        _ => "has not ended",
    };

    private static string Of(EndCause cause) => cause switch
    {
        EndCause.Exited => "its process ended by itself",
        EndCause.Cancelled => "cancelled",
        EndCause.TimeLimit => "its time limit was reached",
        EndCause.Preempted => "stopped for a more important job",
        EndCause.Drained => "stopped because its node was being drained",
        EndCause.Fenced => "stopped because a newer attempt existed",
        EndCause.Requeued => "stopped to be queued again",
        EndCause.LaunchFailed => "its node could not start it",
        EndCause.NotHere => "nothing was started, as something it names is missing there",
        EndCause.Unstartable => "nothing was started",
        EndCause.NodeLost => "its node was lost",
        EndCause.OutOfMemory => "killed for want of host memory",
        EndCause.Closed => "stopped because its node's hours ended",
        EndCause.RankFailed => "another rank of its gang failed",
    };

    private static string With(Allocation allocation) => allocation.AllDevices().Count switch
    {
        0 => "",
        1 => " with 1 card",
        var many => $" with {many} cards",
    };

    private static string After(Attempt attempt) =>
        attempt is { StartTime: { } start, EndTime: { } end } && end > start ? $" after {Words.Span(end - start)}" : "";

    private static string From(Attempt attempt) => attempt.ResumedFromStep is { } step ? $", from step {step}" : "";

    private static string Saved(Attempt attempt) => attempt.LastStep is { } step ? $", saved up to step {step}" : "";
}
