using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace GpuScheduler.Host.Startup;

/// <summary>
/// Keeps the scheduler's files from other accounts: the store holds every job's script and variables, and with them secrets.
/// </summary>
internal static class OwnFiles
{
    private const uint GroupAndOthers = 0x3F; // 077
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly string[] s_otherFiles = ["address", "store"];

    /// <summary>What this process makes from now on is its own user's alone.</summary>
    public static void KeepNewFilesFromOthers()
    {
        if (!OperatingSystem.IsWindows()) _ = SetFileMask(GroupAndOthers);
    }

    /// <summary>Takes from others what an earlier version let them read. The folder may hold other files, too: they stay.</summary>
    public static void TakeFromOthers(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        Take(new DirectoryInfo(folder));
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("gpusched.db*")) Take(file);
        foreach (var name in s_otherFiles) Take(new FileInfo(Path.Combine(folder, name)));
        var logs = new DirectoryInfo(Path.Combine(folder, "logs"));
        Take(logs);
        if (!logs.Exists || logs.LinkTarget is not null) return;
        foreach (var file in logs.EnumerateFiles("scheduler-*.log")) Take(file);
    }

    [UnsupportedOSPlatform("windows")]
    private static void Take(FileSystemInfo entry)
    {
        // A link leads to what is not ours. A folder that every account may use, such as /tmp, must stay so.
        if (!entry.Exists || entry.LinkTarget is not null || (entry.UnixFileMode & UnixFileMode.StickyBit) != 0) return;
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
