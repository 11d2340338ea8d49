using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>What the cards cost, by the catalog: a card that is held draws its whole power limit, one that isn't a share of it, and
/// its price at launch is spread over its years. Cards that the catalog doesn't know cost nothing.</summary>
internal sealed record Bill(double EnergyKwh, double CardsUsd)
{
    private const double IdleShare = 0.15;
    private const double Years = 4;
    private const double SecondsInYear = 365.25 * 86_400;
    private const double JoulesInKwh = 3_600_000;

    public const string PowerBasis = "a held card draws its power limit, another 15 % of it";

    public const string Basis = "held: power limit, else 15 % of it; launch price over 4 years";

    public static Bill Of(IReadOnlyList<Device> cards, IReadOnlyList<Span> spans, double until)
    {
        var held = spans.Where(span => span.Card.Length > 0).GroupBy(span => span.Card)
            .ToDictionary(card => card.Key, card => card.Sum(span => span.Length), StringComparer.Ordinal);
        var (joules, dollars) = (0.0, 0.0);
        foreach (var card in cards)
        {
            var (model, busy) = (
                DeviceCatalog.BuiltIn.Find(card.Model, card.MemoryMib), Math.Min(until, held.GetValueOrDefault(card.Uuid)));
            joules += (model?.TdpWatts ?? 0) * (busy + (IdleShare * (until - busy)));
            dollars += (model?.LaunchPriceUsd ?? 0) * until / (Years * SecondsInYear);
        }

        return new(joules / JoulesInKwh, dollars);
    }
}
