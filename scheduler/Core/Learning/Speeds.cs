namespace GpuScheduler.Core.Learning;

/// <summary>How fast a family goes on each of several kinds of card, compared with one another.</summary>
public static class Speeds
{
    /// <summary>A card of which nothing is known is taken for half as fast as the slowest that is.</summary>
    private const double OfUnknown = 0.5;

    /// <summary>Relative speeds, above 0: measured where the family has been, elsewhere the catalog's, brought to the same scale.</summary>
    /// <param name="facts">The family's; null: nothing is known of it.</param>
    /// <param name="cards">The kinds.</param>
    /// <param name="catalog">The catalog's figure for each; null: it has none.</param>
    public static Speed[] Of(FamilyFacts? facts, IReadOnlyList<CardsUsed> cards, IReadOnlyList<double?> catalog)
    {
        var measured = Measured(facts, cards);
        double[] scales =
        [
            .. measured.Zip(catalog).Where(pair => pair is (not null, > 0)).Select(pair => pair.First!.Value / pair.Second!.Value).Order(),
        ];
        var scale = scales.Length == 0 ? measured.FirstOrDefault(rate => rate is not null) ?? 1 : scales[(scales.Length - 1) / 2];
        var guessed = catalog.Select(figure => figure > 0 ? figure * scale : null).ToList();
        var slowest = measured.Concat(guessed).Min() ?? 1;
        return
        [
            .. measured.Zip(guessed).Select(pair => new Speed(pair.First ?? pair.Second ?? (slowest * OfUnknown), pair.First is not null)),
        ];
    }

    /// <summary>Steps/s where any are known, else runs/s: the two can't be compared.</summary>
    private static List<double?> Measured(FamilyFacts? facts, IReadOnlyList<CardsUsed> cards)
    {
        if (facts is null) return [.. cards.Select(_ => (double?)null)];
        var rates = cards.Select(one => facts.Speeds.FirstOrDefault(speed => speed.Cards == one)?.Rate).ToList();
        return rates.Exists(rate => rate is not null) ? rates : [.. cards.Select(one => 1 / RunTimes.Typical(facts, one))];
    }
}

/// <summary>A relative speed.</summary>
/// <param name="Value">Only proportions matter.</param>
/// <param name="IsMeasured">The family has run on such cards; otherwise the catalog was asked.</param>
public readonly record struct Speed(double Value, bool IsMeasured);
