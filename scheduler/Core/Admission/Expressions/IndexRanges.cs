using System.Globalization;
using GpuScheduler.Core.Config;

namespace GpuScheduler.Core.Admission.Expressions;

/// <summary>Lists of numbers and ranges: <c>1,3,5-9:2</c>. Shared by arrays, job selectors and node names.</summary>
internal static class IndexRanges
{
    /// <summary>Reads the list into sorted, distinct numbers. The count is bounded before anything is expanded, so that
    /// a short text can't cost much.</summary>
    /// <returns>Null, or what would have been accepted.</returns>
    public static string? Read(string text, int most, out IReadOnlyList<int> indexes)
    {
        indexes = [];
        var found = new SortedSet<int>();
        long total = 0;
        foreach (var part in text.Split(','))
        {
            if (!TryReadRange(part.Trim(), out var range))
                return $"'{FaultText.Piece(part)}' is neither a number nor a range such as 0-9 or 0-9:2; numbers are 0 … "
                    + $"{Limits.ArrayIndex}";
            total += ((range.Last - range.First) / range.Step) + 1L;
            if (total > most) return $"at most {most} numbers";
            for (long index = range.First; index <= range.Last; index += range.Step) found.Add((int)index);
        }
        indexes = [.. found];
        return null;
    }

    /// <summary>Writes sorted, distinct numbers with runs as <c>a-b</c>.</summary>
    public static string Format(IReadOnlyList<int> indexes)
    {
        var parts = new List<string>();
        for (var start = 0; start < indexes.Count;)
        {
            var end = start;
            while (end + 1 < indexes.Count && indexes[end + 1] == indexes[end] + 1) end++;
            parts.Add(end == start ? Text(indexes[start]) : $"{Text(indexes[start])}-{Text(indexes[end])}");
            start = end + 1;
        }
        return string.Join(',', parts);
    }

    private static bool TryReadRange(string text, out (int First, int Last, int Step) range)
    {
        range = default;
        var ends = text.Split(':');
        if (ends.Length > 2) return false;
        var step = 1;
        if (ends.Length == 2 && (!TryReadNumber(ends[1], out step) || step == 0 || !ends[0].Contains('-'))) return false;
        var bounds = ends[0].Split('-');
        if (bounds.Length > 2 || !TryReadNumber(bounds[0], out var first)) return false;
        var last = first;
        if (bounds.Length == 2 && (!TryReadNumber(bounds[1], out last) || last < first)) return false;
        range = (first, last, step);
        return true;
    }

    private static bool TryReadNumber(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= Limits.ArrayIndex;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
