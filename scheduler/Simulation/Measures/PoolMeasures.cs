using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Measures;

/// <summary>What a replay comes to, in figures that two replays can be compared by.</summary>
/// <param name="UnallocatedPercent">Of all cards' time until the last job ended, what no job held while it was open and healthy.</param>
/// <param name="FragmentedPercent">The part of it that was too scattered for the work (<see cref="Fragmentation"/>).</param>
/// <param name="Fairness">How evenly jobs were served.</param>
/// <param name="LostCardSeconds">Worked on cards in vain.</param>
/// <param name="RestartCardSeconds">Held on cards before work went on.</param>
internal sealed record PoolMeasures(
    double UnallocatedPercent, double FragmentedPercent, Fairness Fairness, double LostCardSeconds, double RestartCardSeconds)
{
    public static PoolMeasures Of(PoolResult result)
    {
        var cards = result.Classes.Where(entry => entry.Key != DeviceClass.Cpu).Select(entry => entry.Value).ToList();
        var offered = cards.Sum(use => use.Offered(result.Makespan));
        return new(
            offered > 0 ? 100 * cards.Sum(use => use.Idle(result.Makespan)) / offered : 0,
            offered > 0 ? 100 * Fragmentation.CardSeconds(result, result.CardsOfNodes) / offered : 0,
            Fairness.Of(result),
            cards.Sum(use => use.Lost.Values.Sum()),
            cards.Sum(use => use.Restart));
    }
}
