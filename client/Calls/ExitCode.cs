namespace GpuScheduler.Client.Calls;

/// <summary>What the process says to the shell. A job's own code takes the place of these only for <c>wait</c>.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something went wrong that no other code names.</summary>
    public const int Failure = 1;

    /// <summary>The command line itself is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>The scheduler refused the request.</summary>
    public const int Rejected = 3;

    public const int NotFound = 4;

    public const int NotPermitted = 5;

    /// <summary>No scheduler answered.</summary>
    public const int Unreachable = 69;

    /// <summary>The scheduler can't take this now; the same command may succeed later.</summary>
    public const int TryAgain = 75;

    /// <summary>The client's own time limit passed.</summary>
    public const int Timeout = 124;

    /// <summary>Ended by Ctrl-C: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
