using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Stores;

namespace GpuScheduler.Worker.Session;

/// <summary>What a worker says about itself when it connects.</summary>
internal sealed record SessionSettings(
    NodeIdentity Identity, string Version, string BootId, Protos.V1.Inventory Inventory, string Address)
{
    /// <summary>What its cards' sensors say, where that is declared.</summary>
    public IReadOnlyList<DeviceReading> Readings { get; init; } = [];

    /// <summary>Names the only store whose scheduler is joined; null: any is.</summary>
    public string? StoreFile { get; init; }

    /// <exception cref="IOException">The file can't be read: its scheduler has not begun yet.</exception>
    public bool Joins(StoreKey? store) => StoreFile is null || store?.Id == OnlyStore(StoreFile);

    private static string OnlyStore(string file) => File.ReadAllText(file).Trim();

    public string Node => Identity.Node;

    public WorkerHello Hello(StoreShelf stores) => new()
    {
        Node = Node,
        Version = Version,
        BootId = BootId,
        Inventory = Inventory,
        Address = Address,
        Instance = Identity.Instance,
        Folder = Identity.Folder,
        OnlyStore = StoreFile is null ? "" : OnlyStore(StoreFile),
        Store = stores.InService?.Mark.Claim(),
        Attempts = { stores.InService?.Held() ?? [] },
        KeptStores = { stores.Kept() },
    };
}
