namespace GpuScheduler.Worker.Inventory;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestName
{
    /// <returns>The known name with the fewest letters to change.</returns>
    public static string Of(string unknown, IEnumerable<string> known) =>
        known.OrderBy(name => Distance(unknown.ToUpperInvariant(), name.ToUpperInvariant())).ThenBy(name => name, StringComparer.Ordinal)
            .First();

    /// <summary>Levenshtein's, one row at a time.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
