using GpuScheduler.Core.Model;

namespace GpuScheduler.Testing.Pools;

/// <summary>A machine of a test's pool: 32 cores and 128 GiB unless the test says otherwise.</summary>
public sealed record Machine(string Name)
{
    public const string A100 = "NVIDIA A100-SXM4-80GB";
    public const string Rtx6000Ada = "NVIDIA RTX 6000 Ada Generation";
    public const string Rtx4090 = "NVIDIA GeForce RTX 4090";
    public const string Rtx3080 = "NVIDIA GeForce RTX 3080";

    public IReadOnlyList<AnnouncedDevice> Cards { get; init; } = [];

    public int Cores { get; init; } = 32;

    public int ReservedCores { get; init; }

    public long MemoryMib { get; init; } = 128 * 1024;

    /// <summary>Empty: it has no label.</summary>
    public string Rack { get; init; } = "";

    /// <summary>What it can feed.</summary>
    public NodePower Power { get; init; } = NodePower.Unbounded;

    /// <summary>Where others reach it; null: its name in a network of its own.</summary>
    public string? Address { get; init; }

    public NodeId Id => new(Name);

    public NodeInventory Inventory => new(Cores, MemoryMib, ReservedCores, Cards)
    {
        Labels = Rack.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["rack"] = Rack },
        Address = Address ?? $"{Name}.lan",
        Power = Power,
    };

    /// <summary>Its cards are linked by NVLink in groups of this size.</summary>
    public Machine Linked(int size) => this with
    {
        Cards = [.. Cards.Select((card, i) => card with { Place = card.Place with { NvLinkGroup = $"link{i / size}" } })],
    };

    /// <summary>The same machine, all its cards with what else is to be known of them.</summary>
    public Machine Knowing(Func<CardFacts, CardFacts> facts) =>
        this with { Cards = [.. Cards.Select(card => card with { Facts = facts(card.Facts) })] };

    /// <summary>The same machine with parts of a card, named <c>MIG-name-0</c> and so on.</summary>
    public Machine WithSlices(int count, string model, string profile, int memoryGib) => this with
    {
        Cards =
        [
            .. Cards,
            .. Enumerable.Range(Cards.Count, count).Select(i =>
                new AnnouncedDevice($"MIG-{Name}-{i}", model, memoryGib * 1024L, null) { Mig = new MigSlice(
                    profile, $"GPU-{Name}-parent") }),
        ],
    };

    /// <summary>The same machine with more cards, named <c>GPU-name-0</c> and so on.</summary>
    public Machine With(int count, string model, int memoryGib, DeviceClass? declared = null) => this with
    {
        Cards =
        [
            .. Cards,
            .. Enumerable.Range(Cards.Count, count).Select(i => new AnnouncedDevice($"GPU-{Name}-{i}", model, memoryGib * 1024L, declared)),
        ],
    };
}
