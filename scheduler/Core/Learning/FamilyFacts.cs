using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Learning;

/// <summary>
/// What earlier runs of a family showed. Immutable, so that a holder can tell by reference whether it is still true.
/// </summary>
/// <param name="Family">Whose.</param>
/// <param name="Seen">When something was learned last.</param>
/// <param name="Runs">The newest runs that ended well, oldest first; at most <see cref="MostRuns"/>.</param>
/// <param name="Speeds">Steps by kind of card, the one seen last at the end; at most <see cref="MostSpeeds"/>.</param>
public sealed record FamilyFacts(JobFamily Family, DateTimeOffset Seen, IReadOnlyList<RunFact> Runs, IReadOnlyList<SpeedFact> Speeds)
{
    /// <summary>Enough for a high quantile, few enough that a change of habits shows within days.</summary>
    public const int MostRuns = 16;

    /// <summary>More kinds of card than a family is likely to meet.</summary>
    public const int MostSpeeds = 16;

    /// <summary>Nothing yet.</summary>
    public static FamilyFacts Nothing(JobFamily family) => new(family, DateTimeOffset.UnixEpoch, [], []);

    /// <summary>With one more run.</summary>
    public FamilyFacts With(RunFact run, DateTimeOffset now) => this with { Seen = now, Runs = [.. Runs.Append(run).TakeLast(MostRuns)] };

    /// <summary>With what was observed between two checkpoints. The first stretch of an attempt has loading in it: it counts only until
    /// a better one is known.</summary>
    /// <param name="cards">On which.</param>
    /// <param name="steps">Steps, above 0.</param>
    /// <param name="seconds">s, above 0.</param>
    /// <param name="isFirst">The stretch began with the attempt.</param>
    /// <param name="now">The present.</param>
    public FamilyFacts With(CardsUsed cards, double steps, double seconds, bool isFirst, DateTimeOffset now)
    {
        var known = Speeds.FirstOrDefault(speed => speed.Cards == cards);
        if (known is { IsFirst: false } && isFirst) return this;
        var renewed = known is null || known.IsFirst ? new SpeedFact(cards, steps, seconds, isFirst) : known.With(steps, seconds);
        return this with { Seen = now, Speeds = [.. Speeds.Where(speed => speed.Cards != cards).Append(renewed).TakeLast(MostSpeeds)] };
    }
}

/// <summary>What a run had: whole cards of one model.</summary>
/// <param name="Model">Catalog key; empty: none, parts of one, or several models.</param>
/// <param name="Count">How many in all.</param>
public readonly record struct CardsUsed(string Model, int Count)
{
    /// <summary>Its speed says nothing about a model.</summary>
    public static CardsUsed Unclear { get; } = new("", 0);
}

/// <summary>A run that ended well.</summary>
/// <param name="Cards">On which.</param>
/// <param name="Seconds">From its start to its end, s; of a resumed one as long as the whole would have taken.</param>
public sealed record RunFact(CardsUsed Cards, double Seconds);

/// <summary>How fast the family goes on a kind of card: steps over seconds, older stretches fading.</summary>
/// <param name="Cards">On which.</param>
/// <param name="Steps">Faded sum of steps.</param>
/// <param name="Seconds">Faded sum of seconds.</param>
/// <param name="IsFirst">Rests on nothing but the first stretch of an attempt.</param>
public sealed record SpeedFact(CardsUsed Cards, double Steps, double Seconds, bool IsFirst)
{
    /// <summary>A stretch counts half after about seven more.</summary>
    private const double Fading = 0.9;

    /// <summary>Steps/s.</summary>
    public double Rate => Steps / Seconds;

    /// <summary>With one more stretch.</summary>
    public SpeedFact With(double steps, double seconds) =>
        this with { Steps = (Steps * Fading) + steps, Seconds = (Seconds * Fading) + seconds };
}
