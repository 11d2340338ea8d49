namespace GpuScheduler.Common;

/// <summary>Closes files and folders to other accounts: what the programs keep holds jobs' variables, scripts and output.</summary>
internal static class OwnerAlone
{
    private const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Takes from others what they may do with it. What isn't there any more, and another account's, stay as they are.</summary>
    public static void Close(FileSystemInfo entry)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            // A link leads to what is not ours. A folder that every account may use, such as /tmp, must stay so.
            if (!entry.Exists || entry.LinkTarget is not null || (entry.UnixFileMode & UnixFileMode.StickyBit) != 0) return;
            var own = entry.UnixFileMode & All;
            if (entry.UnixFileMode != own) entry.UnixFileMode = own;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            // Another account's: that account alone can change it. Or a job has just removed it.
        }
    }
}
