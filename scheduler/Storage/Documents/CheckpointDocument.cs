using System.Text.Json;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="Checkpoint"/> as stored.</summary>
internal sealed record CheckpointDocument
{
    private static readonly byte[] None = "[]"u8.ToArray();

    public long Step { get; init; }

    public string? Path { get; init; }

    public long Bytes { get; init; }

    public string? Sha256 { get; init; }

    public DateTimeOffset Time { get; init; }

    public static byte[] Write(IReadOnlyList<Checkpoint> checkpoints) => checkpoints.Count == 0
        ? None
        : JsonSerializer.SerializeToUtf8Bytes([.. checkpoints.Select(From)], StorageJson.Default.CheckpointDocumentArray);

    public static IReadOnlyList<Checkpoint> Read(ReadOnlySpan<byte> json) => json.SequenceEqual(None)
        ? []
        :
        [
            .. (JsonSerializer.Deserialize(json, StorageJson.Default.CheckpointDocumentArray) ?? []).Select(
                document => document.ToCheckpoint()),
        ];

    private static CheckpointDocument From(Checkpoint checkpoint) => new()
    {
        Step = checkpoint.Step,
        Path = Omitted.NullIfEmpty(checkpoint.Path),
        Bytes = checkpoint.Bytes,
        Sha256 = Omitted.NullIfEmpty(checkpoint.Sha256),
        Time = checkpoint.Time,
    };

    private Checkpoint ToCheckpoint() => new(Step, Path ?? "", Bytes, Sha256 ?? "", Time);
}
