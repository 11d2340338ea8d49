namespace GpuScheduler.Client.Parsing;

/// <summary>Finds what somebody most likely meant.</summary>
internal static class NearestName
{
    /// <summary>A hint such as ": did you mean '--gpus'?", or "" where nothing is near.</summary>
    public static string Hint(string given, IEnumerable<string> known)
    {
        var best = known
            .Select(name => (name, distance: Distance(given, name)))
            .OrderBy(candidate => candidate.distance)
            .ThenBy(candidate => candidate.name.Length)
            .ThenBy(candidate => candidate.name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.name is not null && best.distance <= Math.Max(1, given.TrimStart('-').Length / 2)
            ? $": did you mean '{best.name}'?"
            : "";
    }

    /// <summary>Edits that turn one word into the other; a longer word that merely continues the given one counts as near.</summary>
    private static int Distance(string given, string name)
    {
        if (given.Length >= 4 && name.StartsWith(given, StringComparison.OrdinalIgnoreCase))
            return 1;

        var row = new int[name.Length + 1];
        for (var j = 0; j <= name.Length; j++)
            row[j] = j;

        for (var i = 1; i <= given.Length; i++)
            NextRow(row, given[i - 1], name, i);

        return row[name.Length];
    }

    private static void NextRow(int[] row, char letter, string name, int firstCell)
    {
        var diagonal = row[0];
        row[0] = firstCell;
        for (var j = 1; j <= name.Length; j++)
        {
            var above = row[j];
            var substitution = diagonal + (char.ToLowerInvariant(letter) == char.ToLowerInvariant(name[j - 1]) ? 0 : 1);
            row[j] = Math.Min(Math.Min(above + 1, row[j - 1] + 1), substitution);
            diagonal = above;
        }
    }
}
