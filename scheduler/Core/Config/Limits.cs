namespace GpuScheduler.Core.Config;

/// <summary>
/// Bounds of all that people ask for and workers say: wide enough for every honest use, narrow enough that nothing overflows and that
/// one call can't fill the scheduler's memory. The only place of such numbers; <c>Rules</c> and <c>Admission</c> apply them.
/// </summary>
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

    /// <summary>Longest grace: a job that needs more should checkpoint.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>Smallest priority; the largest is its negative.</summary>
    public const int LeastPriority = -int.MaxValue;

    /// <summary>Minutes that a clock may differ from UTC, in both directions.</summary>
    public const int UtcOffsetMinutes = 14 * 60;

    /// <summary>Days from now to the last moment that may be named. Any later one is meant as none.</summary>
    public const int DaysAhead = 3650;

    /// <summary>Jobs in one submission; an array counts as one.</summary>
    public const int JobsPerCall = 100_000;

    /// <summary>Jobs in one submission with all elements of its arrays, unless the pool allows a larger array.</summary>
    public const int ElementsPerCall = 1_000_000;

    /// <summary>Jobs that one call can name to be cancelled, held, released or requeued; an array counts as one.</summary>
    public const int NamedJobs = 100_000;

    /// <summary>Characters of a key that marks repeats of a submission.</summary>
    public const int KeyLength = 256;

    /// <summary>Characters of the reason given for a drain or a cancellation.</summary>
    public const int ReasonLength = 1024;

    /// <summary>Characters of a drain's target: a node, a slash, a card.</summary>
    public const int TargetLength = 512;

    /// <summary>Largest number of a job, and of a store's generation: whatever is added to it, it can't overflow.</summary>
    public const long StoreNumber = 1L << 62;

    /// <summary>Machines that a pool remembers.</summary>
    public const int PoolNodes = 10_000;

    /// <summary>Characters of the id of a worker's data directory.</summary>
    public const int InstanceLength = 64;

    /// <summary>Cores of a machine.</summary>
    public const int NodeCores = 100_000;

    /// <summary>Cards of a machine, or parts of cards.</summary>
    public const int NodeDevices = 1_024;

    /// <summary>Characters of a card's uuid.</summary>
    public const int UuidLength = 128;

    /// <summary>Characters of a card's model, of a profile, a version, a boot id.</summary>
    public const int WordLength = 128;

    /// <summary>Characters of the name of a switch or of a group of linked cards.</summary>
    public const int PlaceLength = 64;

    /// <summary>Largest number of a processor socket.</summary>
    public const int Socket = 1_023;

    /// <summary>Labels of a machine.</summary>
    public const int Labels = 100;

    /// <summary>Characters of a label's name, and of its value.</summary>
    public const int LabelLength = 253;

    /// <summary>Attempts that a worker can say it holds.</summary>
    public const int HeldAttempts = 20_000;

    /// <summary>Faults of a card that are counted.</summary>
    public const int CardFaults = 1_000_000;

    /// <summary>Largest step of a checkpoint: doubles keep it to the last digit.</summary>
    public const long Step = 1_000_000_000_000_000;

    /// <summary>Bytes of a checkpoint: 1 EiB.</summary>
    public const long CheckpointBytes = 1L << 60;

    /// <summary>Largest number of a report: a worker can still count on from it.</summary>
    public const long Sequence = 1L << 62;

    /// <summary>Characters of what a worker says of an attempt's end; more is cut off.</summary>
    public const int MessageLength = 4096;

    /// <summary>Longest time within which a node is drained.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromDays(365);
}
