using System.Globalization;

namespace GpuScheduler.Worker.Execution;

/// <summary>Finds attempts on disk after a restart.</summary>
internal static class AttemptFolders
{
    /// <summary>All attempts of a data directory, oldest first. Other things that lie there are none of ours and stay.</summary>
    public static IReadOnlyList<AttemptFolder> In(DataDirectory data) =>
    [
        .. from job in Directory.EnumerateDirectories(data.Attempts)
           from attempt in Directory.EnumerateDirectories(job)
           let number = int.TryParse(Path.GetFileName(attempt), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0
           let key = new AttemptKey(Path.GetFileName(job), number)
           where key.IsWellFormed
           let folder = data.Attempt(key)
           orderby folder.LastChange, key.JobId, key.Attempt
           select folder,
    ];
}
