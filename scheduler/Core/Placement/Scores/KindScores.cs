using GpuScheduler.Core.Config;
using GpuScheduler.Core.Learning;

namespace GpuScheduler.Core.Placement.Scores;

/// <summary>Scores that are the same for all cards of a kind, 0 … 1: worked out once for all places.</summary>
/// <param name="Tier">1: the tier's first choice.</param>
/// <param name="Finish">1: the fastest of those that fit.</param>
/// <param name="Energy">1: most work for a joule.</param>
/// <param name="Cost">1: most work for its price.</param>
internal readonly record struct KindScores(double Tier, double Finish, double Energy, double Cost)
{
    /// <summary>For what the catalog says nothing about: neither good nor bad.</summary>
    private const double Unknown = 0.5;

    public long Under(ScoreConfig weights) => Points.Of(weights.TierPreference, Tier) + Points.Of(weights.FinishTime, Finish)
        + Points.Of(weights.Energy, Energy) + Points.Of(weights.Cost, Cost);

    /// <summary>Of several kinds, compared with one another.</summary>
    /// <param name="kinds">Each with the place of its class: 0 is the tier's first choice.</param>
    /// <param name="speeds">How fast the job would go on each.</param>
    /// <param name="classes">Classes that are open.</param>
    public static KindScores[] Of(IReadOnlyList<(CardKind Kind, int Class)> kinds, IReadOnlyList<Speed> speeds, int classes)
    {
        var joules = Shares(kinds.Select((one, i) => speeds[i].Value / one.Kind.Traits.Facts.Watts));
        var prices = Shares(kinds.Select((one, i) => speeds[i].Value / one.Kind.Traits.Facts.PriceUsd));
        var fastest = speeds.Max(speed => speed.Value);
        return
        [
            .. kinds.Select((one, i) => new KindScores(1 - ((double)one.Class / classes), speeds[i].Value / fastest, joules[i], prices[i])),
        ];
    }

    private static double[] Shares(IEnumerable<double?> values)
    {
        var all = values.ToList();
        var most = all.Max() ?? 0;
        return [.. all.Select(value => value is > 0 ? value.Value / most : Unknown)];
    }
}
