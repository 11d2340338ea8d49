namespace GpuScheduler.Core.Queueing;

/// <summary>What a job's effective priority is made of, in points: weight × factor.</summary>
/// <param name="Priority">The user's own.</param>
/// <param name="Age">Its wait.</param>
/// <param name="FairShare">What its account used.</param>
/// <param name="Deadline">How near its latest start is.</param>
internal readonly record struct Factors(double Priority, double Age, double FairShare, double Deadline)
{
    /// <summary>By a policy that counts something else (docs/policies.md).</summary>
    public double Other { get; init; }

    public double Total => Priority + Age + FairShare + Deadline + Other;

    public static Factors Only(double other) => new() { Other = other };
}
