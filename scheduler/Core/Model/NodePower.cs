namespace GpuScheduler.Core.Model;

/// <summary>What a machine can feed, W.</summary>
/// <param name="BudgetWatts">For its cards together, by its administrator's word; null: no bound.</param>
/// <param name="SupplyWatts">What its power supply delivers; null: not known.</param>
/// <param name="BaseWatts">Of that, what everything but the cards draws; 0 or more.</param>
public sealed record NodePower(int? BudgetWatts, int? SupplyWatts, int BaseWatts)
{
    /// <summary>Nothing is bounded.</summary>
    public static NodePower Unbounded { get; } = new(null, null, 0);

    /// <summary>For the cards together; null: no bound.</summary>
    public int? CardWatts => (BudgetWatts, Left) switch
    {
        ({ } budget, { } left) => Math.Min(budget, left),
        var (budget, left) => budget ?? left,
    };

    /// <summary>Numbers that no machine has are cut, not reckoned with: admission refuses them.</summary>
    private int? Left => SupplyWatts is { } supply ? (int)Math.Clamp((long)supply - BaseWatts, int.MinValue, int.MaxValue) : null;
}

/// <summary>Faults of a machine that fade: each counts half after <see cref="HalfLife"/>.</summary>
/// <param name="Count">Faded sum.</param>
/// <param name="Time">When it stood so.</param>
public readonly record struct FaultTally(double Count, DateTimeOffset Time)
{
    /// <summary>Long enough to survive a night's back-offs, short enough that a repaired machine is trusted within days.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromHours(24);

    /// <summary>What is left of it.</summary>
    public double At(DateTimeOffset now) => Count == 0 ? 0 : Count * Math.Pow(0.5, Math.Max(0, (now - Time) / HalfLife));

    /// <summary>With one more.</summary>
    public FaultTally Add(DateTimeOffset now) => new(At(now) + 1, now);
}

/// <summary>What a card's sensors say; never durable.</summary>
/// <param name="Uuid">The card.</param>
/// <param name="Celsius">Temperature; null: not known.</param>
/// <param name="RecentFaults">Xid errors and uncorrected memory errors of the last 24 hours; 0 or more.</param>
public readonly record struct CardReading(string Uuid, int? Celsius, int RecentFaults);
