namespace GpuScheduler.Worker.Execution;

/// <summary>Finds attempts on disk after a restart.</summary>
internal static class AttemptFolders
{
    /// <summary>All attempts of a data directory, oldest first. Other things that lie there are none of ours and stay.</summary>
    public static IReadOnlyList<AttemptFolder> In(DataDirectory data) =>
    [
        .. from path in Directory.EnumerateDirectories(data.Attempts)
           let parsed = AttemptKey.Parse(Path.GetFileName(path))
           where parsed is not null
           let key = parsed.Value
           let folder = data.Attempt(key)
           orderby folder.LastChange, key.JobId, key.Attempt
           select folder,
    ];
}
