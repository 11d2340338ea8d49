namespace GpuScheduler.Core.Config;

/// <summary>Who goes first among those who wait in one tier: the sum of weights × factors (docs/order.md).</summary>
public sealed record OrderConfig
{
    /// <summary>What each factor counts.</summary>
    public OrderWeights Weights { get; init; } = new();

    /// <summary>Wait after which age counts in full (Slurm's PriorityMaxAge).</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Wait after which a job goes before all of its tier that have waited less; zero: there is no such bound.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Time before its latest start in which a job with a deadline becomes urgent.</summary>
    public TimeSpan DeadlineWindow { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Time in which half of the use is forgotten (Slurm's PriorityDecayHalfLife); zero: none ever is.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>Points for a factor of 1; factors are 0 … 1, that of the user's own priority −1 … 1.</summary>
public sealed record OrderWeights
{
    /// <summary>For <c>--priority 100</c> (beyond that it counts no more).</summary>
    public int Priority { get; init; } = 1000;

    /// <summary>For a wait of <see cref="OrderConfig.MaxAge"/>.</summary>
    public int Age { get; init; } = 1000;

    /// <summary>For an account that has used nothing.</summary>
    public int FairShare { get; init; } = 2000;

    /// <summary>For a job at its latest start.</summary>
    public int Deadline { get; init; } = 2000;
}

/// <summary>What a second on something costs its account, for fair share. Only proportions matter.</summary>
public sealed record CostConfig
{
    /// <summary>A datacenter card.</summary>
    public double Datacenter { get; init; } = 4;

    /// <summary>A professional card.</summary>
    public double Professional { get; init; } = 2;

    /// <summary>A consumer card.</summary>
    public double Consumer { get; init; } = 1;

    /// <summary>Integrated graphics.</summary>
    public double Integrated { get; init; } = 0.25;

    /// <summary>A CPU core, whatever else the job holds.</summary>
    public double CpuCore { get; init; } = 0.05;
}

/// <summary>What each is entitled to beside its siblings; an account that is not named has one share.</summary>
public sealed record ShareConfig
{
    /// <summary>Users, within their projects and outside of any; 1 … 1,000,000.</summary>
    public IReadOnlyDictionary<string, int> Users { get; init; } = new Dictionary<string, int>();

    /// <summary>Projects; a user without a project stands beside them.</summary>
    public IReadOnlyDictionary<string, int> Projects { get; init; } = new Dictionary<string, int>();
}
