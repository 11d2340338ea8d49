using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Retry;

/// <summary>What becomes of a job whose attempt has ended.</summary>
internal enum RetryVerdict
{
    /// <summary>Done, with exit status 0.</summary>
    Complete,

    /// <summary>Failed for good.</summary>
    Fail,

    /// <summary>Its time limit was reached.</summary>
    Timeout,

    /// <summary>Out of host memory for good.</summary>
    OutOfMemory,

    /// <summary>Its node was lost or drained, and it may not be queued again.</summary>
    NodeFail,

    /// <summary>Cancelled as asked.</summary>
    Cancel,

    /// <summary>Queued again.</summary>
    Again,

    /// <summary>Waits for a person.</summary>
    Park,
}

/// <summary>The answer of <see cref="RetryPolicy"/>.</summary>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Failures">The job's count from now on.</param>
/// <param name="LaunchFailures">The job's count from now on.</param>
/// <param name="Delay">Before the next try; zero: at once.</param>
/// <param name="Reason">Null where the verdict says all.</param>
/// <param name="Text">For people, with a hint; may be empty.</param>
internal sealed record RetryDecision(
    RetryVerdict Verdict, int Failures, int LaunchFailures, TimeSpan Delay, Reason? Reason, string Text);
