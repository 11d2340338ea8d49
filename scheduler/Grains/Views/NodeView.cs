using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Views;

/// <summary>A node as it stood when it was asked for.</summary>
[GenerateSerializer, Immutable, Alias("gpusched.NodeView")]
public sealed record NodeView
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required NodeCondition Condition { get; init; }

    [Id(2)] public required string Why { get; init; }

    [Id(3)] public required int CpuCores { get; init; }

    [Id(4)] public required int CpuFree { get; init; }

    [Id(5)] public required int ReservedCores { get; init; }

    [Id(6)] public required long MemoryMib { get; init; }

    [Id(7)] public required long MemoryFreeMib { get; init; }

    [Id(8)] public required DeviceView[] Devices { get; init; }

    [Id(9)] public required JobId[] Jobs { get; init; }

    [Id(10)] public required string WorkerVersion { get; init; }

    /// <summary>When it fell silent, or now while it is connected.</summary>
    [Id(11)] public required DateTimeOffset LastSeen { get; init; }

    /// <summary>When it takes work; null: always.</summary>
    [Id(12)] public required NodeAvailability? Availability { get; init; }

    /// <summary>What people did to it and its cards, oldest first.</summary>
    [Id(13)] public required IReadOnlyList<Act> Acts { get; init; }

    /// <summary>What its worker keeps for other stores.</summary>
    [Id(14)] public required KeptStore[] KeptStores { get; init; }

    /// <summary>Cores, neither free nor this store's jobs', that attempts of other stores hold.</summary>
    [Id(15)] public int CpuElsewhere { get; init; }

    /// <summary>Host memory of the same, MiB.</summary>
    [Id(16)] public long MemoryElsewhereMib { get; init; }
}

/// <summary>A card as it stood when it was asked for.</summary>
/// <param name="Device">The card.</param>
/// <param name="Number">Within its machine, as nvidia-smi numbers cards; parts of a card have their card's.</param>
/// <param name="Cordon">Why it takes no new work; null: it does.</param>
/// <param name="Jobs">Jobs that hold it, or parts of it.</param>
/// <param name="Use">How much of it they hold.</param>
/// <param name="OnLoan">Their tier has it only on loan.</param>
/// <param name="HeldElsewhere">An attempt of another store has it.</param>
[GenerateSerializer, Immutable, Alias("gpusched.DeviceView")]
public sealed record DeviceView(
    Device Device, int Number, Cordon? Cordon, JobId[] Jobs, DeviceShare Use, bool OnLoan, bool HeldElsewhere);
