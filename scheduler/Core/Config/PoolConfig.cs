using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Config;

/// <summary>The rules of a pool (<c>pool.yaml</c>); the defaults are the shipped ones.</summary>
public sealed record PoolConfig
{
    /// <summary>The pool's name.</summary>
    public string Name { get; init; } = "default";

    /// <summary>How cards are shared within a tier: <c>default</c> or a policy of the literature (docs/policies.md).</summary>
    public string Policy { get; init; } = PoolPolicy.Default;

    /// <summary>How often a policy that takes turns decides anew; 10 s … 1 d.</summary>
    public TimeSpan Round { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>Tiers in the order in which they are served.</summary>
    public IReadOnlyList<TierConfig> Tiers { get; init; } = TierConfig.Shipped;

    /// <summary>The tier of exactly this name; null: there is none.</summary>
    public TierConfig? TierOf(string name)
    {
        foreach (var tier in Tiers)
        {
            if (tier.Name == name) return tier;
        }

        return null;
    }

    /// <summary>How long silence is tolerated.</summary>
    public LeaseConfig Leases { get; init; } = new();

    /// <summary>What a job gets that doesn't say.</summary>
    public JobDefaults Defaults { get; init; } = new();

    /// <summary>Back-off between attempts.</summary>
    public RetryConfig Retry { get; init; } = new();

    /// <summary>Promises to jobs that wait, and what may pass them.</summary>
    public BackfillConfig Backfill { get; init; } = new();

    /// <summary>Who goes first.</summary>
    public OrderConfig Order { get; init; } = new();

    /// <summary>What use costs.</summary>
    public CostConfig Costs { get; init; } = new();

    /// <summary>Who is entitled to how much.</summary>
    public ShareConfig Shares { get; init; } = new();

    /// <summary>What users and projects may have at once.</summary>
    public QuotaConfig Quotas { get; init; } = new();

    /// <summary>Who may be stopped for others, and how that is bounded.</summary>
    public PreemptionConfig Preemption { get; init; } = new();

    /// <summary>IANA name of the time zone in which hours of the day are meant, where a rule doesn't say.</summary>
    public string Timezone { get; init; } = "UTC";

    /// <summary>What is said of machines; the first rule that means one holds for it.</summary>
    public IReadOnlyList<NodeRule> Nodes { get; init; } = [];

    /// <summary>How long ended jobs and what they left are kept.</summary>
    public HistoryConfig History { get; init; } = new();

    /// <summary>Which of several devices a job gets.</summary>
    public ScoreConfig Scores { get; init; } = new();
}

/// <summary>Promises to jobs that wait, and what may pass them.</summary>
public sealed record BackfillConfig
{
    /// <summary>
    /// Waiting jobs of each tier that get a promise, in order: 0 none, 1 is EASY backfill, more is closer to conservative.
    /// </summary>
    public int Depth { get; init; } = 1;

    /// <summary>Wait after which a node is kept for a job although it is not known when it will be free; until then, only jobs whose
    /// start can be foretold by time limits are promised one. Also the longest that a short job may delay such a start.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>How long silence is tolerated.</summary>
public sealed record LeaseConfig
{
    /// <summary>How often a worker reports that it lives; 0.1 s … 5 min.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence after which a node's attempts count as lost and are requeued; at least three heartbeats.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// True: a worker stops its attempts itself when its lease runs out. False: they go on, and are fenced when it returns.
    /// </summary>
    public bool StopWhenLeaseExpires { get; init; }
}

/// <summary>What a job gets that doesn't say.</summary>
public sealed record JobDefaults
{
    /// <summary>Cores for a job without a GPU.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>Cores per GPU for a job with GPUs.</summary>
    public int CpusPerGpu { get; init; } = 1;

    /// <summary>MiB of host memory.</summary>
    public long MemoryMib { get; init; } = 1024;

    /// <summary>Attempts that may fail without progress.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Between the request to stop and the kill.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most elements of one array.</summary>
    public int MaxArraySize { get; init; } = 100_000;
}

/// <summary>Back-off between attempts: <c>First × 2^(failures-1)</c>, at most <c>Longest</c>.</summary>
public sealed record RetryConfig
{
    /// <summary>Wait after the first failure.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Launch failures in a row after which a node is cordoned by the system.</summary>
    public int NodeLaunchFailures { get; init; } = 3;

    /// <summary>Launch failures in a row, on any nodes, after which a job goes to REQUEUE_HOLD.</summary>
    public int JobLaunchFailures { get; init; } = 5;

    /// <summary>Doubles with every failure in a row; the first wait also follows a failure that made progress.</summary>
    public TimeSpan WaitAfter(int failures)
    {
        var doublings = Math.Clamp(failures - 1, 0, 30);
        var wait = First.Ticks <= Longest.Ticks >> doublings ? First * (1L << doublings) : Longest;
        return wait < Longest ? wait : Longest;
    }
}
