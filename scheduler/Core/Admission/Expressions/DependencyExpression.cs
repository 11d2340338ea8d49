using System.Diagnostics.CodeAnalysis;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Slurm's dependencies: <c>afterok:12:13,afterany:14_3</c>; a comma means all, <c>?</c> means any.
/// Whether the jobs exist is not known here.</summary>
public static class DependencyExpression
{
    /// <summary>Most jobs that one job may wait for.</summary>
    public const int MaxTerms = 1000;

    /// <summary>Reads the terms in the order written; one named twice counts once.</summary>
    public static bool TryParse(
        string text, string field, [NotNullWhen(true)] out DependencySpec? dependency, [NotNullWhen(false)] out Fault? fault)
    {
        dependency = null;
        var problem = Read(text, ref dependency);
        fault = problem is null
            ? null
            : FaultText.Of(field, text, $"{problem}; such as afterok:12:13,afterany:14_3 (all) or afterok:12?afterok:13 (any)");
        return problem is null;
    }

    /// <summary>The canonical form: one job a term.</summary>
    public static string Format(DependencySpec dependency) => string.Join(
        dependency.AnyOf ? '?' : ',', dependency.Terms.Select(term => $"{Name(term.Kind)}:{term.Job}"));

    private static string? Read(string text, ref DependencySpec? dependency)
    {
        var any = text.Contains('?');
        if (any && text.Contains(',')) return "either ',' (all) or '?' (any), not both";
        var terms = new List<DependencyTerm>();
        foreach (var part in text.Split(any ? '?' : ','))
            if (ReadPart(part.Trim(), terms) is { } problem) return problem;
        if (terms.Count > MaxTerms) return $"at most {MaxTerms} jobs";
        dependency = new DependencySpec([.. terms.Distinct()], any);
        return null;
    }

    private static string? ReadPart(string part, List<DependencyTerm> terms)
    {
        var pieces = part.Split(':');
        if (Kind(pieces[0].Trim()) is not { } kind)
            return $"'{FaultText.Piece(pieces[0])}' is none of after, afterany, afterok, afternotok";
        if (pieces.Length == 1) return $"'{FaultText.Piece(part)}' names no job";
        foreach (var piece in pieces.AsSpan(1))
        {
            if (!JobId.TryParse(piece.Trim(), out var job)) return $"'{FaultText.Piece(piece)}' is no job id such as 12 or 12_3";
            terms.Add(new DependencyTerm(kind, job));
        }
        return null;
    }

    private static DependencyKind? Kind(string name) => name.ToUpperInvariant() switch
    {
        "AFTEROK" => DependencyKind.AfterOk,
        "AFTERNOTOK" => DependencyKind.AfterNotOk,
        "AFTERANY" => DependencyKind.AfterAny,
        "AFTER" => DependencyKind.After,
        _ => null,
    };

    private static string Name(DependencyKind kind) => kind switch
    {
        DependencyKind.AfterOk => "afterok",
        DependencyKind.AfterNotOk => "afternotok",
        DependencyKind.AfterAny => "afterany",
        DependencyKind.After => "after",
    };
}
