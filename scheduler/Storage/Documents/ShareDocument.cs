using System.Text.Json;
using GpuScheduler.Core.Model;
using static GpuScheduler.Storage.Documents.Omitted;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="NodeShare"/> as stored.</summary>
internal sealed record ShareDocument
{
    public string? Node { get; init; }
    public IReadOnlyList<DeviceShareDocument>? Devices { get; init; }
    public int CpuCores { get; init; }
    public long MemoryMib { get; init; }

    /// <summary>Null for whole cards of one node, which the row's plain columns say: most attempts.</summary>
    public static byte[]? Write(Allocation allocation) =>
        !allocation.IsGang && allocation.Head.Devices.All(device => device == DeviceShare.Of(device.Uuid))
            ? null
            : JsonSerializer.SerializeToUtf8Bytes([.. allocation.Nodes.Select(From)], StorageJson.Default.ShareDocumentArray);

    public static Allocation Read(ReadOnlySpan<byte> json) =>
        new([.. (JsonSerializer.Deserialize(json, StorageJson.Default.ShareDocumentArray) ?? []).Select(document => document.ToShare())]);

    private static ShareDocument From(NodeShare share) => new()
    {
        Node = NullIfEmpty(share.Node.Name),
        Devices = NullIfEmpty<DeviceShareDocument>([.. share.Devices.Select(DeviceShareDocument.From)]),
        CpuCores = share.CpuCores,
        MemoryMib = share.MemoryMib,
    };

    private NodeShare ToShare() => new(new NodeId(Node ?? ""), [.. (Devices ?? []).Select(device => device.ToShare())], CpuCores, MemoryMib);
}

/// <summary>A <see cref="DeviceShare"/> as stored.</summary>
internal sealed record DeviceShareDocument
{
    public string? Uuid { get; init; }
    public int MilliGpu { get; init; }
    public long MemoryMib { get; init; }

    public static DeviceShareDocument From(DeviceShare device) =>
        new() { Uuid = device.Uuid, MilliGpu = device.MilliGpu, MemoryMib = device.MemoryMib };

    public DeviceShare ToShare() => new(Uuid ?? "", MilliGpu, MemoryMib);
}
