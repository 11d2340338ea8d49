using System.Runtime.InteropServices;

namespace GpuScheduler.Host.Startup;

/// <summary>
/// Keeps the scheduler's files from other accounts: the store holds every job's script and variables, and with them secrets.
/// </summary>
internal static class OwnFiles
{
    private const uint GroupAndOthers = 0x3F; // 077
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What this process makes from now on is its own user's alone.</summary>
    public static void KeepNewFilesFromOthers()
    {
        if (!OperatingSystem.IsWindows()) _ = SetFileMask(GroupAndOthers);
    }

    /// <summary>Takes from others what an earlier version let them read. Links are left alone: what they lead to is not ours.</summary>
    public static void TakeFromOthers(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        Take(new DirectoryInfo(folder));
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)) Take(entry);
    }

    private static void Take(FileSystemInfo entry)
    {
        // A folder that everybody may use, such as /tmp, must stay so.
        if (entry.LinkTarget is not null || (entry.UnixFileMode & UnixFileMode.StickyBit) != 0) return;
        var own = entry.UnixFileMode & OwnerAll;
        if (own == entry.UnixFileMode) return;
        try
        {
            entry.UnixFileMode = own;
        }
        catch (UnauthorizedAccessException)
        {
            // Another account's file: that account alone can change it.
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetFileMask(uint mask);
}
