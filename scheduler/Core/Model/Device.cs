using System.Collections.Immutable;

namespace GpuScheduler.Core.Model;

/// <summary>The grade of a card: what kind of machine it is built for. Order is no ranking; tiers rank classes.</summary>
public enum DeviceClass
{
    /// <summary>Server cards: ECC, passive cooling, made to run for months (A100, H100, T4…).</summary>
    Datacenter = 1,

    /// <summary>Workstation cards (RTX 6000 Ada, RTX A6000…).</summary>
    Professional = 2,

    /// <summary>Desk cards, lent by their owners (RTX 4090, 3080, GTX 1070…).</summary>
    Consumer = 3,

    /// <summary>Graphics inside a processor.</summary>
    Integrated = 4,

    /// <summary>No card at all: CPU cores.</summary>
    Cpu = 5,
}

/// <summary>How a device's class was found.</summary>
public enum ClassSource
{
    /// <summary>The worker's inventory names it.</summary>
    Declared = 1,

    /// <summary>The device catalog knows the model.</summary>
    Catalog = 2,

    /// <summary>The catalog doesn't know the model; a rule over its name decided.</summary>
    Rule = 3,
}

/// <summary>One card of a node, as its worker announced it.</summary>
/// <param name="Uuid">Names the card for ever; devices are bound by it, never by index.</param>
/// <param name="Model">The driver's name, such as <c>NVIDIA A100-SXM4-80GB</c>.</param>
/// <param name="MemoryMib">Memory in MiB, above 0.</param>
/// <param name="Class">The grade in force.</param>
/// <param name="Source">Where <paramref name="Class"/> comes from.</param>
public sealed record Device(string Uuid, string Model, long MemoryMib, DeviceClass Class, ClassSource Source)
{
    /// <summary>Where in the machine it sits.</summary>
    public DevicePlace Place { get; init; } = DevicePlace.Unknown;

    /// <summary>What else is known of it.</summary>
    public CardFacts Facts { get; init; } = CardFacts.Unknown;

    /// <summary>Set for a part of a card; <see cref="Model"/> is then the whole card's. Null: a whole card.</summary>
    public MigSlice? Mig { get; init; }
}

/// <summary>How near a card is to the others of its machine: cards of equal islands are near.</summary>
/// <param name="NvLinkGroup">Cards linked with one another by NVLink; empty: not linked.</param>
/// <param name="NumaNode">The processor socket it hangs on; null: not known.</param>
/// <param name="PcieSwitch">The PCIe switch it hangs on; empty: not known.</param>
public sealed record DevicePlace(string NvLinkGroup, int? NumaNode, string PcieSwitch)
{
    /// <summary>Nothing is known.</summary>
    public static DevicePlace Unknown { get; } = new("", null, "");
}

/// <summary>What a worker announces of a card; the class may be left to the catalog.</summary>
/// <param name="Uuid">Unique in the pool.</param>
/// <param name="Model">The driver's name.</param>
/// <param name="MemoryMib">Memory in MiB, above 0.</param>
/// <param name="Class">Declared class, or null for the catalog's.</param>
public sealed record AnnouncedDevice(string Uuid, string Model, long MemoryMib, DeviceClass? Class)
{
    /// <summary>Where in the machine it sits.</summary>
    public DevicePlace Place { get; init; } = DevicePlace.Unknown;

    /// <summary>What the worker knows; the catalog fills in the rest.</summary>
    public CardFacts Facts { get; init; } = CardFacts.Unknown;

    /// <summary>Set for a part of a card.</summary>
    public MigSlice? Mig { get; init; }
}

/// <summary>What a worker announces of its machine.</summary>
/// <param name="CpuCores">Cores, at least 1.</param>
/// <param name="MemoryMib">Host memory in MiB, above 0.</param>
/// <param name="ReservedCores">Cores kept to feed the cards: never granted to jobs without a GPU; 0 … <paramref name="CpuCores"/>.</param>
/// <param name="Devices">Cards; uuids are unique.</param>
public sealed record NodeInventory(int CpuCores, long MemoryMib, int ReservedCores, IReadOnlyList<AnnouncedDevice> Devices)
{
    /// <summary>What its administrator says of it; <c>rack</c> tells which machines stand together.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Host name or address at which other nodes reach it; empty: its name.</summary>
    public string Address { get; init; } = "";

    /// <summary>What it can feed.</summary>
    public NodePower Power { get; init; } = NodePower.Unbounded;
}
