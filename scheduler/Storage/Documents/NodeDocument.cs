using System.Text.Json;
using GpuScheduler.Core.Model;
using static GpuScheduler.Storage.Documents.Omitted;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="Node"/> as stored: everything but its session, which starts anew with the scheduler.</summary>
internal sealed record NodeDocument
{
    public int CpuCores { get; init; }
    public long MemoryMib { get; init; }
    public int ReservedCores { get; init; }
    public IReadOnlyList<DeviceDocument>? Devices { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public string? Address { get; init; }
    public string? BootId { get; init; }
    public string? Instance { get; init; }
    public string? WorkerVersion { get; init; }
    public long DurableSequence { get; init; }
    public Cordon? Cordon { get; init; }
    public IReadOnlyDictionary<string, Cordon>? DeviceCordons { get; init; }
    public IReadOnlyList<ActDocument>? Acts { get; init; }
    public int LaunchFailures { get; init; }
    public DateTimeOffset? RestsUntil { get; init; }
    public double Faults { get; init; }
    public DateTimeOffset FaultsTime { get; init; }
    public int? PowerBudgetWatts { get; init; }
    public int? PowerSupplyWatts { get; init; }
    public int PowerBaseWatts { get; init; }

    public static byte[] Write(Node node) => JsonSerializer.SerializeToUtf8Bytes(From(node), StorageJson.Default.NodeDocument);

    public static Node Read(NodeId id, ReadOnlySpan<byte> json) =>
        (JsonSerializer.Deserialize(json, StorageJson.Default.NodeDocument) ?? throw new JsonException($"node {id} is null")).ToNode(id);

    private static NodeDocument From(Node node) => new()
    {
        CpuCores = node.CpuCores,
        MemoryMib = node.MemoryMib,
        ReservedCores = node.ReservedCores,
        Devices = NullIfEmpty<DeviceDocument>([.. node.Devices.Select(DeviceDocument.From)]),
        Labels = node.Labels.Count == 0 ? null : node.Labels,
        Address = NullIfEmpty(node.Address),
        BootId = NullIfEmpty(node.BootId),
        Instance = NullIfEmpty(node.Instance),
        WorkerVersion = NullIfEmpty(node.WorkerVersion),
        DurableSequence = node.DurableSequence,
        Cordon = node.Cordon,
        DeviceCordons = node.DeviceCordons.Count == 0 ? null : node.DeviceCordons,
        Acts = NullIfEmpty<ActDocument>([.. node.Acts.Select(ActDocument.From)]),
        LaunchFailures = node.LaunchFailures,
        RestsUntil = node.RestsUntil,
        Faults = node.Faults.Count,
        FaultsTime = node.Faults.Time,
        PowerBudgetWatts = node.Power.BudgetWatts,
        PowerSupplyWatts = node.Power.SupplyWatts,
        PowerBaseWatts = node.Power.BaseWatts,
    };

    private Node ToNode(NodeId id) => new(id)
    {
        CpuCores = CpuCores,
        MemoryMib = MemoryMib,
        ReservedCores = ReservedCores,
        Devices = [.. (Devices ?? []).Select(device => device.ToDevice())],
        Labels = Labels ?? NoVariables,
        Address = Address ?? "",
        BootId = BootId ?? "",
        Instance = Instance ?? "",
        WorkerVersion = WorkerVersion ?? "",
        DurableSequence = DurableSequence,
        Cordon = Cordon,
        DeviceCordons = DeviceCordons ?? new Dictionary<string, Cordon>(),
        Acts = [.. (Acts ?? []).Select(act => act.ToAct())],
        LaunchFailures = LaunchFailures,
        RestsUntil = RestsUntil,
        Faults = new FaultTally(Faults, FaultsTime),
        Power = new NodePower(PowerBudgetWatts, PowerSupplyWatts, PowerBaseWatts),
    };
}
