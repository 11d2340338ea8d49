using System.Text.Json;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Storage.Documents;

/// <summary>
/// A <see cref="JobSpec"/> as stored. Every field's "not there" is its type's default, because that is what a row written
/// before the field existed reads as; names are part of the format and never change their meaning.
/// </summary>
internal sealed record SpecDocument
{
    private const int KnownFormat = 1;

    /// <summary>Raised only when an older scheduler would misunderstand the row.</summary>
    public int Format { get; init; }

    public DraftDocument? Draft { get; init; }

    public string? Name { get; init; }

    public string? Tier { get; init; }

    public string? TierDerivedFrom { get; init; }

    public RequestDocument? Request { get; init; }

    public TimeSpan? TimeLimit { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public int Retries { get; init; }

    public int TextBytes { get; init; }

    public TimeSpan Grace { get; init; }

    public ArrayDocument? Array { get; init; }

    public DependencyDocument? Dependency { get; init; }

    public CardPin? Pin { get; init; }

    public static byte[] Write(JobSpec spec) => JsonSerializer.SerializeToUtf8Bytes(From(spec), StorageJson.Default.SpecDocument);

    /// <exception cref="JsonException">The text is no specification, or of a newer format.</exception>
    public static JobSpec Read(ReadOnlySpan<byte> json)
    {
        var document = JsonSerializer.Deserialize(json, StorageJson.Default.SpecDocument)
            ?? throw new JsonException("a job's specification is null");
        if (document.Format != KnownFormat)
            throw new JsonException($"a job's specification has format {document.Format}; this scheduler knows {KnownFormat}");
        return document.ToSpec();
    }

    private static SpecDocument From(JobSpec spec) => new()
    {
        Format = KnownFormat,
        Draft = DraftDocument.From(spec.Draft),
        Name = spec.Name,
        Tier = spec.Tier,
        TierDerivedFrom = spec.TierDerivedFrom,
        Request = RequestDocument.From(spec.Request),
        TimeLimit = spec.TimeLimit,
        Deadline = spec.Deadline?.ToUniversalTime(),
        Retries = spec.Retries,
        TextBytes = spec.TextBytes,
        Grace = spec.Grace,
        Array = ArrayDocument.From(spec.Array),
        Dependency = DependencyDocument.From(spec.Dependency),
        Pin = spec.Pin,
    };

    private JobSpec ToSpec() => new()
    {
        Draft = (Draft ?? new DraftDocument()).ToDraft(),
        Name = Name ?? "",
        Tier = Tier ?? "",
        TierDerivedFrom = TierDerivedFrom,
        Request = (Request ?? new RequestDocument()).ToRequest(),
        TimeLimit = TimeLimit,
        Deadline = Deadline,
        Retries = Retries,
        TextBytes = TextBytes,
        Grace = Grace,
        Array = Array?.ToArraySpec(),
        Dependency = Dependency?.ToDependency(),
        Pin = Pin,
    };
}
