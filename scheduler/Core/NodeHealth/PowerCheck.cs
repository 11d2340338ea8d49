using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.NodeHealth;

/// <summary>Whether a machine's power can be reckoned with.</summary>
internal static class PowerCheck
{
    private const int MostWatts = 100_000;

    /// <summary>What is wrong; empty when nothing is.</summary>
    /// <param name="power">What the machine can feed.</param>
    /// <param name="devices">Its cards, in the order in which they were announced, with what the catalog knows of them.</param>
    public static IEnumerable<Fault> Faults(NodePower power, IReadOnlyList<Device> devices)
    {
        if (Outside(power.BudgetWatts, 1)) yield return new Fault("power.budget", $"{power.BudgetWatts}", $"1 … {MostWatts} W");
        if (Outside(power.SupplyWatts, 1)) yield return new Fault("power.supply", $"{power.SupplyWatts}", $"1 … {MostWatts} W");
        var mostBase = Math.Clamp(power.SupplyWatts ?? MostWatts, 1, MostWatts) - 1;
        var hasBase = !Outside(power.BaseWatts, 0) && power.BaseWatts <= mostBase;
        if (!hasBase)
            yield return new Fault("power.base", $"{power.BaseWatts}", $"0 … {mostBase} W: less than the supply delivers");
        // Numbers out of bounds are not reckoned with.
        var isBounded = hasBase && !Outside(power.BudgetWatts, 1) && !Outside(power.SupplyWatts, 1) && power.CardWatts is not null;
        for (var i = 0; i < devices.Count; i++)
        {
            var watts = devices[i].Facts.Watts;
            if (watts is < 1 or > MostWatts) yield return new Fault($"devices[{i}].powerLimit", $"{watts}", $"1 … {MostWatts} W");
            if (watts is null && isBounded)
                yield return new Fault(
                    $"devices[{i}].powerLimit", "",
                    $"the card's power limit in W: the machine has a power budget, and the catalog does not know '{devices[i].Model}'");
        }
    }

    private static bool Outside(int? watts, int least) => watts < least || watts > MostWatts;
}
