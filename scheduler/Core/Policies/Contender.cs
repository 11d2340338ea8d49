namespace GpuScheduler.Core.Policies;

/// <summary>A job in the contest for cards. The caller keeps its progress up to date; a policy keeps only <see cref="Level"/> and
/// <see cref="Rank"/>, so that the same contenders give the same decisions again.</summary>
/// <param name="pace">Seconds that one unit of work takes on each kind of card; infinite where the job can't run.</param>
public sealed class Contender(int id, int devices, double arrival, IReadOnlyList<double> pace)
{
    public const int Nowhere = -1;

    public int Id { get; } = id;

    /// <summary>Cards it takes together, all of one kind; at least 1. In the unit of the room: cards, or parts of them.</summary>
    public int Devices { get; } = devices;

    /// <summary>Units of the room that make a card.</summary>
    public int UnitsOfCard { get; init; } = 1;

    /// <summary>s on the caller's clock.</summary>
    public double Arrival { get; } = arrival;

    public IReadOnlyList<double> Pace { get; } = pace;

    /// <summary>s of one unit of work that each resource is busy, in the order of use: storage, processor, card, network. Empty where
    /// they were not measured; such a job shares its cards with no other.</summary>
    public IReadOnlyList<double> Stages { get; init; } = [];

    /// <summary>Units of work left; null where it is not known.</summary>
    public double? Remaining { get; set; }

    /// <summary>Wall-clock s that it has held its cards, lost time included.</summary>
    public double Attained { get; set; }

    /// <summary>The same by kind of card.</summary>
    public double[] AttainedOn { get; } = new double[pace.Count];

    /// <summary>Units of work done.</summary>
    public double Done { get; set; }

    /// <summary>The kind of card it holds now, or <see cref="Nowhere"/>.</summary>
    public int Kind { get; set; } = Nowhere;

    public bool Holds => Kind != Nowhere;

    /// <summary>A policy's own note: which of its queues the job stands in, 0 is served first.</summary>
    public int Level { get; set; }

    /// <summary>A policy's own note: where the job stood last time, to keep equals in order.</summary>
    public int Rank { get; set; } = int.MaxValue;

    /// <summary>Card-seconds.</summary>
    public double AttainedService => Attained * Devices / UnitsOfCard;

    /// <summary>The least s per unit of work that any kind offers.</summary>
    public double BestPace { get; } = pace.Min();

    /// <summary>s it would still run on the kind that is fastest for it.</summary>
    /// <exception cref="InvalidOperationException">It is not known how much work is left; a policy that asks must say so in
    /// <see cref="ISharingPolicy.NeedsRunTimes"/>.</exception>
    public double RemainingTime => Known * BestPace;

    public double RemainingOn(int kind) => Known * Pace[kind];

    public bool CanRunOn(int kind) => double.IsFinite(Pace[kind]);

    private double Known => Remaining ?? throw new InvalidOperationException($"job {Id} has no known run time");
}
