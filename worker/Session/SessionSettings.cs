using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Session;

/// <summary>What a worker says about itself when it connects.</summary>
internal sealed record SessionSettings(string Node, string Version, string BootId, Protos.V1.Inventory Inventory, string Address)
{
    /// <summary>What its cards' sensors say, where that is declared.</summary>
    public IReadOnlyList<DeviceReading> Readings { get; init; } = [];

    public WorkerHello Hello(IEnumerable<HeldAttempt> held) => new()
    {
        Node = Node,
        Version = Version,
        BootId = BootId,
        Inventory = Inventory,
        Address = Address,
        Attempts = { held },
    };
}
