using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Inventory;

/// <summary>What this node offers, and the name that its inventory gives it (null: none).</summary>
internal sealed record NodeInventory(string? Node, Protos.V1.Inventory Resources)
{
    /// <summary>What its cards' sensors shall say, where the inventory declares it.</summary>
    public IReadOnlyList<DeviceReading> Readings { get; init; } = [];
}
