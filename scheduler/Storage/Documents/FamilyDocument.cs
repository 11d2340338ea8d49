using System.Text.Json;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using static GpuScheduler.Storage.Documents.Omitted;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="FamilyFacts"/> as stored.</summary>
internal sealed record FamilyDocument
{
    public IReadOnlyList<RunFactDocument>? Runs { get; init; }
    public IReadOnlyList<SpeedFactDocument>? Speeds { get; init; }

    public static byte[] Write(FamilyFacts facts) => JsonSerializer.SerializeToUtf8Bytes(
        new FamilyDocument
        {
            Runs = NullIfEmpty<RunFactDocument>(
                [.. facts.Runs.Select(run => new RunFactDocument(NullIfEmpty(run.Cards.Model), run.Cards.Count, run.Seconds))]),
            Speeds = NullIfEmpty<SpeedFactDocument>(
                [.. facts.Speeds.Select(
                    speed =>
                        new SpeedFactDocument(
                            NullIfEmpty(speed.Cards.Model), speed.Cards.Count, speed.Steps, speed.Seconds, speed.IsFirst))]),
        },
        StorageJson.Default.FamilyDocument);

    public static FamilyFacts Read(JobFamily family, DateTimeOffset seen, ReadOnlySpan<byte> json)
    {
        var document = JsonSerializer.Deserialize(json, StorageJson.Default.FamilyDocument) ?? throw new JsonException($"{family} is null");
        return new FamilyFacts(
            family,
            seen,
            [.. (document.Runs ?? []).Select(run => new RunFact(new CardsUsed(run.Model ?? "", run.Cards), run.Seconds))],
            [.. (document.Speeds ?? []).Select(
                speed => new SpeedFact(new CardsUsed(speed.Model ?? "", speed.Cards), speed.Steps, speed.Seconds, speed.IsFirst))]);
    }
}

/// <summary>A <see cref="RunFact"/> as stored.</summary>
internal sealed record RunFactDocument(string? Model, int Cards, double Seconds);

/// <summary>A <see cref="SpeedFact"/> as stored.</summary>
internal sealed record SpeedFactDocument(string? Model, int Cards, double Steps, double Seconds, bool IsFirst);
