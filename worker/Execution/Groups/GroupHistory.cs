namespace GpuScheduler.Worker.Execution.Groups;

/// <summary>
/// Where agents on this data directory have kept attempts' groups: a line each, the newest first. One started from another
/// login or service stands elsewhere in the tree, and still has to find what its predecessor left. The first line names the
/// folder: in a copy of it the groups are those of the original, whose attempts are not the copy's to end.
/// </summary>
internal static class GroupHistory
{
    /// <summary>Only places that still exist are kept, so this is not reached in practice.</summary>
    private const int Longest = 100;

    private const string Of = "# of ";

    /// <param name="folder">The store's folder.</param>
    /// <param name="newest">Null: this agent uses none.</param>
    public static IReadOnlyList<string> Add(string folder, string? newest)
    {
        var file = Path.Combine(folder, "groups");
        var known = File.Exists(file) ? File.ReadAllLines(file) : [];
        var ours = IsCopied(known, folder) ? [] : known.Where(Directory.Exists);
        var now = ours.Prepend(newest).OfType<string>().Distinct().Take(Longest).ToArray();
        string[] lines = [Of + folder, .. now];
        if (!lines.SequenceEqual(known))
            Keep(file, lines);
        return now;
    }

    /// <summary>A folder that was moved isn't left under its old name. Early versions didn't name it.</summary>
    private static bool IsCopied(string[] lines, string folder) =>
        lines is [var first, ..] && first.StartsWith(Of, StringComparison.Ordinal)
        && first[Of.Length..] is var named && named != folder && Directory.Exists(named);

    /// <summary>On a full disk the next agent misses one place to look at; not starting would be worse.</summary>
    private static void Keep(string file, IEnumerable<string> lines)
    {
        try
        {
            DurableFile.Write(file, string.Concat(lines.Select(line => line + "\n")));
        }
        catch (IOException)
        {
            // As said above.
        }
    }
}
