using GpuScheduler.Core.Model;

namespace GpuScheduler.Storage.Documents;

/// <summary>A <see cref="DependencySpec"/> as stored.</summary>
internal sealed record DependencyDocument
{
    public IReadOnlyList<TermDocument>? Terms { get; init; }

    public bool AnyOf { get; init; }

    public static DependencyDocument? From(DependencySpec? dependency) => dependency is null ? null : new DependencyDocument
    {
        Terms =
        [
            .. dependency.Terms.Select(term => new TermDocument { Kind = term.Kind, Number = term.Job.Number, Index = IndexOf(term.Job) }),
        ],
        AnyOf = dependency.AnyOf,
    };

    public DependencySpec ToDependency() => new([.. (Terms ?? []).Select(term => term.ToTerm())], AnyOf);

    private static int? IndexOf(JobId id) => id.IsElement ? id.Index : null;
}

/// <summary>A <see cref="DependencyTerm"/> as stored.</summary>
internal sealed record TermDocument
{
    public DependencyKind Kind { get; init; }

    public long Number { get; init; }

    /// <summary>Null outside arrays.</summary>
    public int? Index { get; init; }

    public DependencyTerm ToTerm() => new(Kind, new JobId(Number, Index ?? JobId.NoIndex));
}
