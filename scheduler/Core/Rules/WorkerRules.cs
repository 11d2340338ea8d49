using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;

namespace GpuScheduler.Core.Rules;

/// <summary>Bounds what workers say of themselves. What they say of their machine is the inventory check's business.</summary>
internal static class WorkerRules
{
    public static void Joined(PoolInput.NodeJoined joined, FaultList faults)
    {
        TextRule.Name(joined.BootId, "boot_id", Limits.WordLength, faults);
        TextRule.Words(joined.WorkerVersion, "version", Limits.WordLength, faults);
        TextRule.Name(joined.Instance, "instance", Limits.InstanceLength, faults);
        TextRule.Name(joined.Folder, "folder", Limits.InstanceLength, faults);
        TextRule.Name(joined.OnlyStore, "only_store", Limits.WordLength, faults);
        TextRule.Name(joined.Inventory.Address, "address", Limits.LabelLength, faults);
        faults.Require(
            joined.Held.Count <= Limits.HeldAttempts, "attempts", $"{joined.Held.Count} attempts",
            $"at most {Limits.HeldAttempts} attempts of one machine");
    }

    public static void Readings(PoolInput.CardsRead read, FaultList faults)
    {
        faults.Require(
            read.Readings.Count <= Limits.NodeDevices, "devices", $"{read.Readings.Count} readings",
            $"at most {Limits.NodeDevices} cards of one machine");
        foreach (var reading in read.Readings)
        {
            faults.Require(
                reading.RecentFaults is >= 0 and <= Limits.CardFaults, "devices.recent_faults", $"{reading.RecentFaults}",
                $"0 … {Limits.CardFaults}");
            if (faults.Any) return;
        }
    }
}
