namespace GpuScheduler.Worker;

/// <summary>
/// Without --data a worker's folder is called after its node, and without --name that after the host: a host that was renamed begins
/// a new folder. The old one, and what runs in it, would be left without a word.
/// </summary>
internal static class OtherNames
{
    private const string Prefix = "worker-";
    private const int MostTold = 3;

    /// <summary>Names whose folders lie beside one that is not there yet; empty where it is.</summary>
    public static IReadOnlyList<string> Beside(string folder)
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        if (Directory.Exists(folder) || !Directory.Exists(parent)) return [];
        return
        [
            .. Directory.GetDirectories(parent, Prefix + "*").Where(other => File.Exists(Path.Combine(other, "instance")))
                .Select(other => Path.GetFileName(other)[Prefix.Length..]).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What to tell of them.</summary>
    public static string Words(string node, string folder, IReadOnlyList<string> others) =>
        $"A new data directory, {folder}, begins for node {node}, as this host is called. On this machine there was a worker for "
        + $"{string.Join(", ", others.Take(MostTold))}{(others.Count > MostTold ? " and others" : "")} "
        + "before: if the host was renamed, start "
        + $"it with --name {others[0]} to go on with its jobs, output and checkpoints";
}
