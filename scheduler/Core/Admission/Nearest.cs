namespace GpuScheduler.Core.Admission;

/// <summary>Finds what somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>At most <paramref name="most"/> candidates that differ from <paramref name="text"/> in few letters, nearest first,
    /// equals in the candidates' order. Empty when nothing is near: a far guess misleads.</summary>
    public static IReadOnlyList<string> To(string text, IEnumerable<string> candidates, int most)
    {
        var limit = Math.Max(2, text.Length / 3);
        return [.. candidates.Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(candidate => Math.Abs(candidate.Length - text.Length) <= limit)
            .Select(candidate => (Candidate: candidate, Distance: Distance(text, candidate)))
            .Where(pair => pair.Distance <= limit && pair.Distance < text.Length)
            .OrderBy(pair => pair.Distance)
            .Take(most)
            .Select(pair => pair.Candidate)];
    }

    /// <summary>Edits (insert, delete, replace) between two words, whatever their case; one row of the table at a time.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                var best = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = best;
            }
        }
        return row[^1];
    }
}
