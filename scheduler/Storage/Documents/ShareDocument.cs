using System.Text.Json;
using GpuScheduler.Core.Model;
using static GpuScheduler.Storage.Documents.Omitted;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="NodeShare"/> as stored, and of a gang what became of its process there.</summary>
internal sealed record ShareDocument
{
    public string? Node { get; init; }
    public IReadOnlyList<DeviceShareDocument>? Devices { get; init; }
    public int CpuCores { get; init; }
    public long MemoryMib { get; init; }
    public DateTimeOffset? StartTime { get; init; }
    public DateTimeOffset? EndTime { get; init; }
    public EndCause? EndCause { get; init; }
    public int? ExitCode { get; init; }
    public int? Signal { get; init; }
    public string? Message { get; init; }

    /// <summary>Of a gang's head: where its processes meet.</summary>
    public int MeetingPort { get; init; }

    /// <summary>Null for whole cards of one node, which the row's plain columns say: most attempts.</summary>
    public static byte[]? Write(Attempt attempt) =>
        !attempt.Allocation.IsGang && attempt.Allocation.Head.Devices.All(device => device == DeviceShare.Of(device.Uuid))
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(
                [.. attempt.Allocation.Nodes.Select((share, at) => From(attempt, share, at))], StorageJson.Default.ShareDocumentArray);

    public static ShareDocument[] Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, StorageJson.Default.ShareDocumentArray) ?? [];

    private static ShareDocument From(Attempt attempt, NodeShare share, int at)
    {
        var rank = attempt.Ranks.ElementAtOrDefault(at);
        return new()
        {
            Node = NullIfEmpty(share.Node.Name),
            Devices = NullIfEmpty<DeviceShareDocument>([.. share.Devices.Select(DeviceShareDocument.From)]),
            CpuCores = share.CpuCores,
            MemoryMib = share.MemoryMib,
            MeetingPort = at == 0 ? attempt.Allocation.MeetingPort : 0,
            StartTime = rank?.StartTime,
            EndTime = rank?.EndTime,
            EndCause = rank?.EndCause,
            ExitCode = rank?.ExitCode,
            Signal = rank?.Signal,
            Message = NullIfEmpty(rank?.Message ?? ""),
        };
    }

    /// <summary>Fills in what became of the process.</summary>
    public void WriteTo(GangRank rank)
    {
        (rank.StartTime, rank.EndTime, rank.EndCause) = (StartTime, EndTime, EndCause);
        (rank.ExitCode, rank.Signal, rank.Message) = (ExitCode, Signal, Message ?? "");
    }

    public NodeShare ToShare() => new(new NodeId(Node ?? ""), [.. (Devices ?? []).Select(device => device.ToShare())], CpuCores, MemoryMib);
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
