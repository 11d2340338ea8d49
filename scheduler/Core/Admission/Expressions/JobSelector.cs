using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Jobs as users name them: <c>12</c> (with all its elements), <c>12_3</c>, <c>12-15</c>, <c>12_[0,2-4]</c>.</summary>
public static class JobSelector
{
    /// <summary>Most jobs that one selector may name.</summary>
    public const int MaxJobs = 100_000;

    private const string Allowed = "a job id such as 12, 12_3, 12-15 or 12_[0,2-4]";

    /// <summary>Reads a selector into ids, sorted and distinct. A number without index stands for the whole array.</summary>
    public static bool TryParse(string text, string field, out IReadOnlyList<JobId> ids, [NotNullWhen(false)] out Fault? fault)
    {
        var problem = Read(text.Trim(), out ids);
        fault = problem is null ? null : FaultText.Of(field, text, problem);
        return problem is null;
    }

    private static string? Read(string text, out IReadOnlyList<JobId> ids)
    {
        ids = [];
        if (JobId.TryParse(text, out var single))
        {
            ids = [single];
            return null;
        }
        return text.EndsWith(']') ? ReadElements(text, out ids) : ReadRange(text, out ids);
    }

    private static string? ReadElements(string text, out IReadOnlyList<JobId> ids)
    {
        ids = [];
        var open = text.IndexOf("_[", StringComparison.Ordinal);
        if (open < 0 || !TryReadNumber(text.AsSpan(0, open), out var number)) return Allowed;
        var problem = IndexRanges.Read(text[(open + 2)..^1], MaxJobs, out var indexes);
        if (problem is not null) return $"{problem}; {Allowed}";
        ids = [.. indexes.Select(index => new JobId(number, index))];
        return null;
    }

    private static string? ReadRange(string text, out IReadOnlyList<JobId> ids)
    {
        ids = [];
        var dash = text.IndexOf('-');
        if (dash < 0 || !TryReadNumber(text.AsSpan(0, dash), out var first) || !TryReadNumber(text.AsSpan(dash + 1), out var last))
            return Allowed;
        if (last < first) return $"the first number not above the last; {Allowed}";
        if (last - first >= MaxJobs) return $"at most {MaxJobs} jobs in one range";
        ids = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(offset => new JobId(first + offset))];
        return null;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1;
}
