using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output.Json;

/// <summary>A machine as programs read it.</summary>
internal sealed record NodeJson(
    string Name,
    string State,
    string? Reason,
    string? Available,
    DateTime? OpensAt,
    DateTime? ClosesAt,
    int CpuCores,
    int CpuFree,
    long MemoryMib,
    IReadOnlyList<DeviceJson> Devices,
    IReadOnlyList<ActJson> Acts)
{
    /// <summary>What the scheduler's answer would have been too long with; only where there is something.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? LeftOut { get; init; }

    /// <summary>Cores that attempts of other stores hold: neither free nor granted.</summary>
    public int CpuHeldElsewhere { get; init; }

    /// <summary>Host memory of the same, MiB.</summary>
    public long MemoryHeldElsewhereMib { get; init; }

    /// <summary>What the worker keeps for other stores.</summary>
    public IReadOnlyList<KeptStoreJson> KeptStores { get; init; } = [];

    /// <summary>Null: it always takes work, or never opens or closes.</summary>
    public static NodeJson From(Node node) => new(
        node.Name,
        EnumNames.Of(node.State),
        node.Reason.Length > 0 ? node.Reason : null,
        node.Available.Length > 0 ? node.Available : null,
        Time(node.OpensAt),
        Time(node.ClosesAt),
        node.CpuCores,
        node.CpuFree,
        node.MemoryMib,
        [.. node.Devices.Select((device, place) => DeviceJson.From(device, GpuTable.NumberOf(device, place)))],
        [.. node.Acts.Select(ActJson.From)])
    {
        LeftOut = node.LeftOut.Count > 0 ? [.. node.LeftOut] : null,
        CpuHeldElsewhere = node.CpuHeldElsewhere,
        MemoryHeldElsewhereMib = node.MemoryHeldElsewhereMib,
        KeptStores = [.. node.KeptStores.Select(KeptStoreJson.From)],
    };

    private static DateTime? Time(Timestamp? time) => time?.ToDateTime();
}

internal sealed record DeviceJson(
    int Index,
    string Uuid,
    string Model,
    string Class,
    long MemoryMib,
    string State,
    string? DrainReason,
    string? DrainedBy,
    IReadOnlyList<string> Jobs,
    int MilliGranted,
    long MemoryGrantedMib,
    bool OnLoan,
    bool HeldElsewhere,
    string? MigProfile,
    string? ParentUuid,
    string? ComputeCapability,
    bool? Ecc,
    string? DriverVersion,
    string? CudaVersion)
{
    /// <summary>What isn't known is null.</summary>
    public static DeviceJson From(Device device, int index) => new(
        index,
        device.Uuid,
        device.Model,
        EnumNames.Of(device.DeviceClass),
        device.MemoryMib,
        EnumNames.Of(device.State),
        NullIfEmpty(device.DrainReason),
        NullIfEmpty(device.DrainedBy),
        [.. device.Jobs],
        device.MilliGranted,
        device.MemoryGrantedMib,
        device.OnLoan,
        device.HeldElsewhere,
        NullIfEmpty(device.MigProfile),
        NullIfEmpty(device.ParentUuid),
        NullIfEmpty(device.ComputeCapability),
        device.HasEcc ? device.Ecc : null,
        NullIfEmpty(device.DriverVersion),
        NullIfEmpty(device.CudaVersion));

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}

internal sealed record NodesJson(IReadOnlyList<NodeJson> Nodes);
