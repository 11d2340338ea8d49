using System.Text.Json;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Storage.Documents;

/// <summary>An <see cref="Act"/> as stored.</summary>
internal sealed record ActDocument
{
    public ActKind Kind { get; init; }

    public string? User { get; init; }

    public DateTimeOffset Time { get; init; }

    public string? Card { get; init; }

    public string? Why { get; init; }

    /// <summary>Null for none, which takes no room.</summary>
    public static byte[]? Write(IReadOnlyList<Act> acts) =>
        acts.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes([.. acts.Select(From)], StorageJson.Default.ActDocumentArray);

    public static IReadOnlyList<Act> Read(ReadOnlySpan<byte> json) => json.IsEmpty
        ? []
        : [.. (JsonSerializer.Deserialize(json, StorageJson.Default.ActDocumentArray) ?? []).Select(document => document.ToAct())];

    public static ActDocument From(Act act) => new()
    {
        Kind = act.Kind,
        User = Omitted.NullIfEmpty(act.User),
        Time = act.Time,
        Card = Omitted.NullIfEmpty(act.Card),
        Why = Omitted.NullIfEmpty(act.Why),
    };

    public Act ToAct() => new(Kind, User ?? "", Time) { Card = Card ?? "", Why = Why ?? "" };
}
