using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Retry;

/// <summary>
/// What failed decides what next. Only failures without progress use up a job's budget; what nodes, people and the scheduler do
/// to a job never does; and a job that fails the same way at once, twice, is not tried again.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>Exit status by which a job says: checkpoint written, continue me.</summary>
    public const int ContinueMe = 85;

    /// <summary>A failure this soon after the start is a mistake in the job, not the end of its work.</summary>
    public static readonly TimeSpan Quick = TimeSpan.FromSeconds(10);

    /// <summary>Decides.</summary>
    public static RetryDecision Decide(RetryFacts facts, RetryConfig config) => CauseThatCounts(facts) switch
    {
        EndCause.Exited => OfExit(facts, config),
        EndCause.OutOfMemory => OfFailure(facts, config),
        EndCause.Cancelled => Final(facts, RetryVerdict.Cancel, null, ""),
        EndCause.TimeLimit => Final(facts, RetryVerdict.Timeout, Reason.TimeLimit, Hints.TimeLimit(facts)),
        EndCause.LaunchFailed => OfLaunchFailure(facts, config),
        EndCause.NotHere => OfNotHere(facts),
        EndCause.Unstartable => Final(facts, RetryVerdict.Fail, Reason.JobLaunchFailure, Hints.Unstartable(facts)),
        EndCause.NodeLost or EndCause.Drained or EndCause.RankFailed or EndCause.Closed => OfLostNode(facts),
        EndCause.Preempted or EndCause.Fenced or EndCause.Requeued => Again(facts),
    };

    /// <summary>The exit code that a second attempt must not repeat; null when this end was no quick mistake of the job.</summary>
    public static int? QuickError(RetryFacts facts) =>
        CauseThatCounts(facts) == EndCause.Exited && !facts.Progress && facts.Signal is null && facts.RunTime < Quick
        && facts.ExitCode is >= 1 and <= 127 and not ContinueMe ? facts.ExitCode : null;

    /// <summary>Success counts although a stop was on its way; otherwise a cancel always wins, and another stop explains an exit.</summary>
    private static EndCause CauseThatCounts(RetryFacts facts) => facts switch
    {
        { Cause: EndCause.Exited, ExitCode: 0 } => EndCause.Exited,
        { StopCause: EndCause.Cancelled } => EndCause.Cancelled,
        { Cause: EndCause.Exited, StopCause: { } asked } => asked,
        _ => facts.Cause,
    };

    private static RetryDecision OfExit(RetryFacts facts, RetryConfig config)
    {
        if (facts.ExitCode == 0) return Final(facts, RetryVerdict.Complete, null, "");
        if (facts is { ExitCode: ContinueMe, Checkpointed: true, Progress: true }) return Again(facts) with { Failures = 0 };
        if (QuickError(facts) is { } code && code == facts.PreviousQuickError)
            return Final(facts, RetryVerdict.Fail, Reason.NonZeroExitCode, Hints.SameErrorTwice(facts)) with
            {
                Failures = facts.Failures + 1,
            };
        return OfFailure(facts, config);
    }

    private static RetryDecision OfFailure(RetryFacts facts, RetryConfig config)
    {
        var failures = facts.Progress ? 0 : facts.Failures + 1;
        if (failures <= facts.Retries) return Retried(facts, config, failures);
        return facts.Cause == EndCause.OutOfMemory
            ? Final(facts, RetryVerdict.OutOfMemory, Reason.OutOfMemory, Hints.OutOfMemory(facts)) with { Failures = failures }
            : Final(facts, RetryVerdict.Fail, Reason.NonZeroExitCode, Hints.NonZeroExit(facts, failures)) with { Failures = failures };
    }

    private static RetryDecision Retried(RetryFacts facts, RetryConfig config, int failures) =>
        new(
            RetryVerdict.Again, failures, facts.LaunchFailures, config.WaitAfter(failures), Reason.RetryBackoff,
            Hints.Retry(facts, failures));

    /// <summary>No wait: the node rests meanwhile, and one beside it may be sound.</summary>
    private static RetryDecision OfLaunchFailure(RetryFacts facts, RetryConfig config)
    {
        var launches = facts.LaunchFailures + 1;
        return launches >= config.JobLaunchFailures
            ? new(
                RetryVerdict.Park, facts.Failures, launches, TimeSpan.Zero, Reason.JobLaunchFailure,
                Hints.LaunchFailures(facts, launches))
            : new(RetryVerdict.Again, facts.Failures, launches, TimeSpan.Zero, null, "");
    }

    /// <summary>
    /// The node's fault or the job's? Another node decides, at once. When that lacks it too, or no other fits, it is the job's.
    /// </summary>
    private static RetryDecision OfNotHere(RetryFacts facts) => facts.PreviousEnd == EndCause.NotHere
        ? Final(facts, RetryVerdict.Fail, Reason.JobLaunchFailure, Hints.NotHere(facts))
        : Again(facts);

    /// <summary>
    /// What a lost node did with an attempt is unknown, so it may have run; one that was drained before its start has not.
    /// </summary>
    private static RetryDecision OfLostNode(RetryFacts facts) =>
        facts.NoRequeue && (facts.Cause == EndCause.NodeLost || facts.RunTime is not null)
            ? Final(facts, RetryVerdict.NodeFail, Reason.NodeDown, Hints.NodeGone(facts))
            : Again(facts);

    private static RetryDecision Again(RetryFacts facts) =>
        new(RetryVerdict.Again, facts.Failures, facts.LaunchFailures, TimeSpan.Zero, null, "");

    private static RetryDecision Final(RetryFacts facts, RetryVerdict verdict, Reason? reason, string text) =>
        new(verdict, facts.Failures, facts.LaunchFailures, TimeSpan.Zero, reason, text);
}
