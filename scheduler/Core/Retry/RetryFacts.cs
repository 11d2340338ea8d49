using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Retry;

/// <summary>Everything that decides what an attempt's end means for its job.</summary>
internal sealed record RetryFacts
{
    /// <summary>Why it ended, as its worker says.</summary>
    public required EndCause Cause { get; init; }

    /// <summary>What its worker says about the end; may be empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>Why the attempt before ended; null for the first.</summary>
    public EndCause? PreviousEnd { get; init; }

    /// <summary>128+n when signal n ended it; null when unknown.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it.</summary>
    public int? Signal { get; init; }

    /// <summary>Why the scheduler had asked it to stop; null: it had not.</summary>
    public EndCause? StopCause { get; init; }

    /// <summary>The job writes checkpoints.</summary>
    public bool Checkpointed { get; init; }

    /// <summary>It saved a step beyond everything saved before.</summary>
    public bool Progress { get; init; }

    /// <summary>It was submitted with --no-requeue.</summary>
    public bool NoRequeue { get; init; }

    /// <summary>From start to end; null when it never started.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>Exit code with which the attempt before failed within seconds and without progress.</summary>
    public int? PreviousQuickError { get; init; }

    /// <summary>Failures without progress so far, this one not counted.</summary>
    public int Failures { get; init; }

    /// <summary>Launch failures in a row so far, this one not counted.</summary>
    public int LaunchFailures { get; init; }

    /// <summary>Failures without progress that the job may have.</summary>
    public int Retries { get; init; }
}
