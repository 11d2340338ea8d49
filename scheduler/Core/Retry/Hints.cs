using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Retry;

/// <summary>What people read when something failed: what happened, and what to do about it.</summary>
internal static class Hints
{
    public static string NonZeroExit(RetryFacts facts, int failures)
    {
        var tries = failures > 1 ? $", {failures} times without a checkpoint in between" : "";
        var hint = facts.Retries == 0 ? "read the log, or submit with --retries" : "read the log of the last attempt";
        return $"{HowItEnded(facts)}{tries}; {hint}";
    }

    public static string SameErrorTwice(RetryFacts facts) =>
        $"{HowItEnded(facts)} twice within {RetryPolicy.Quick.TotalSeconds:0} s of its start: not tried again; {MeaningOf(facts.ExitCode)}";

    public static string OutOfMemory(RetryFacts facts) =>
        $"killed for want of host memory{(facts.Retries > 0 ? " on every try" : "")}; ask for more with --mem";

    public static string TimeLimit(RetryFacts facts) =>
        facts.Checkpointed
            ? "reached its time limit; requeue it to go on from its last checkpoint"
            : "reached its time limit; ask for more with --time";

    public static string NodeGone(RetryFacts facts) =>
        $"its node was {facts.Cause switch { EndCause.NodeLost => "lost", EndCause.Closed => "closed for the day", _ => "drained" }}, and "
            + "--no-requeue forbids another try; 'requeue' queues it all the same";

    public static string Retry(RetryFacts facts, int failures) => facts.Progress
        ? $"{HowItEnded(facts)} after saving progress: goes on from its checkpoint"
        : $"{HowItEnded(facts)}: try {failures + 1} of {facts.Retries + 1}";

    public static string LaunchFailures(RetryFacts facts, int launches)
    {
        var last = facts.Message.Length > 0 ? $"; the last: {facts.Message}" : "";
        return $"could not be started {launches} times in a row, on whatever node{last}; 'release' tries again";
    }

    public static string NotHere(RetryFacts facts) => $"nothing was started: {Said(facts)}; it was the same on the try before";

    public static string Unstartable(RetryFacts facts) => $"nothing was started: {Said(facts)}";

    private static string HowItEnded(RetryFacts facts) => facts switch
    {
        { Cause: EndCause.OutOfMemory } => "ran out of host memory",
        { Signal: { } signal } => $"ended by signal {signal}",
        { ExitCode: RetryPolicy.ContinueMe, Checkpointed: true } => "asked to be continued (85) without a new checkpoint",
        { ExitCode: { } code } => $"exit status {code}",
        _ => "ended with an unknown exit status",
    };

    private static string Said(RetryFacts facts) =>
        facts.Message.Length > 0 ? facts.Message.TrimEnd('.') : "its worker doesn't say why";

    private static string MeaningOf(int? exitCode) => exitCode switch
    {
        126 => "the command is not executable",
        127 => "the command was not found; a shell's command line needs --wrap",
        _ => "look for a mistake in the command, its arguments or its environment",
    };
}
