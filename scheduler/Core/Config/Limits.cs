namespace GpuScheduler.Core.Config;

/// <summary>Bounds of a submission: wide enough for every honest job, narrow enough that one can't fill the scheduler's memory.</summary>
public static class Limits
{
    /// <summary>Bytes of a script.</summary>
    public const int ScriptBytes = 4 << 20;

    /// <summary>Bytes of all environment variables together, and of all arguments together.</summary>
    public const int EnvironmentBytes = 1 << 20;

    /// <summary>Bytes of one argument or one <c>NAME=value</c>: Linux refuses longer ones when the process starts.</summary>
    public const int ArgumentBytes = (128 << 10) - 1;

    /// <summary>Bytes of a path, with its end.</summary>
    public const int PathBytes = 4095;

    /// <summary>Characters of a job's name.</summary>
    public const int NameLength = 200;

    /// <summary>Characters of a user's or project's name.</summary>
    public const int UserLength = 128;

    /// <summary>Characters of a comment.</summary>
    public const int CommentLength = 4096;

    /// <summary>Cores of one job.</summary>
    public const int Cpus = 4096;

    /// <summary>Nodes of one job.</summary>
    public const int Nodes = 1024;

    /// <summary>Host memory of one job, MiB: 1 PiB, far above any machine and far below an overflow.</summary>
    public const long MemoryMib = 1L << 30;

    /// <summary>Largest index of an array's element, as in Slurm.</summary>
    public const int ArrayIndex = 4_000_000;

    /// <summary>Elements of one array that a pool can be told to allow.</summary>
    public const int ArraySize = ArrayIndex + 1;

    /// <summary>Attempts that may fail.</summary>
    public const int Retries = 1000;

    /// <summary>Waiting jobs of a tier that get a promise: each is looked after in every cycle.</summary>
    public const int BackfillDepth = 100;

    /// <summary>
    /// Waiting jobs of a tier for which a cycle looks for others to stop: each look visits every node that could give way.
    /// </summary>
    public const int PreemptionDepth = 100;

    /// <summary>Weight of a score.</summary>
    public const int ScorePoints = 1000;

    /// <summary>Weight of the tier's preference: a hundred times as much, so that it can stand above all others.</summary>
    public const int TierPoints = 100_000;

    /// <summary>Difference of priorities that a rule can ask for.</summary>
    public const int PriorityGap = 1_000_000;

    /// <summary>Longest grace: whoever needs more should checkpoint.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);
}
