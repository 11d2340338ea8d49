namespace GpuScheduler.Worker.Execution.Groups;

/// <summary>
/// Where agents on this data directory have kept attempts' groups: a line each, the newest first. One started from another
/// login or service stands elsewhere in the tree, and still has to find what its predecessor left.
/// </summary>
internal static class GroupHistory
{
    /// <summary>Only places that still exist are kept, so this is not reached in practice.</summary>
    private const int Longest = 100;

    /// <param name="folder">The store's folder.</param>
    /// <param name="newest">Null: this agent uses none.</param>
    public static IReadOnlyList<string> Add(string folder, string? newest)
    {
        var file = Path.Combine(folder, "groups");
        var known = File.Exists(file) ? File.ReadAllLines(file) : [];
        var now = known.Where(Directory.Exists).Prepend(newest).OfType<string>().Distinct().Take(Longest).ToArray();
        if (!now.SequenceEqual(known))
            Keep(file, now);
        return now;
    }

    /// <summary>On a full disk the next agent misses one place to look at; not starting would be worse.</summary>
    private static void Keep(string file, IEnumerable<string> places)
    {
        try
        {
            DurableFile.Write(file, string.Concat(places.Select(place => place + "\n")));
        }
        catch (IOException)
        {
            // As said above.
        }
    }
}
