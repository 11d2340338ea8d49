using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>An array's elements: <c>0-99%8</c>, <c>1,3,5-9:2</c>. An index named twice counts once, as in Slurm.</summary>
public static class ArrayExpression
{
    /// <summary>Reads an array of at most <paramref name="most"/> elements.</summary>
    public static bool TryParse(
        string text, string field, int most, [NotNullWhen(true)] out ArraySpec? array, [NotNullWhen(false)] out Fault? fault)
    {
        array = null;
        var problem = Read(text.Trim(), most, ref array);
        fault = problem is null ? null : FaultText.Of(field, text, $"{problem}; such as 0-99%8 or 1,3,5-9:2");
        return problem is null;
    }

    /// <summary>The canonical form: sorted, runs as ranges.</summary>
    public static string Format(ArraySpec array) => array.MaxRunning is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"{IndexRanges.Format(array.Indexes)}%{most}")
        : IndexRanges.Format(array.Indexes);

    private static string? Read(string text, int most, ref ArraySpec? array)
    {
        var percent = text.IndexOf('%');
        int? maxRunning = null;
        if (percent >= 0)
        {
            if (!int.TryParse(text.AsSpan(percent + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit < 1)
                return $"after % the number of elements that may run at once, 1 … {int.MaxValue}";
            maxRunning = limit;
        }
        var problem = IndexRanges.Read(percent < 0 ? text : text[..percent], most, out var indexes);
        if (problem is null) array = new ArraySpec(indexes, maxRunning);
        return problem;
    }
}
