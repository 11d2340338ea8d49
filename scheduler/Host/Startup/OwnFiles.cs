using System.Runtime.InteropServices;
using GpuScheduler.Common;

namespace GpuScheduler.Host.Startup;

/// <summary>
/// Keeps the scheduler's files from other accounts: the store holds every job's script and variables, and with them secrets.
/// </summary>
internal static class OwnFiles
{
    private const uint GroupAndOthers = 0x3F; // 077
    private static readonly string[] s_otherFiles = ["address", "store"];

    /// <summary>What this process makes from now on is its own user's alone.</summary>
    public static void KeepNewFilesFromOthers()
    {
        if (!OperatingSystem.IsWindows()) _ = SetFileMask(GroupAndOthers);
    }

    /// <summary>Takes from others what an earlier version let them read. The folder may hold other files, too: they stay.</summary>
    public static void TakeFromOthers(string folder)
    {
        OwnerAlone.Close(new DirectoryInfo(folder));
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("gpusched.db*")) OwnerAlone.Close(file);
        foreach (var name in s_otherFiles) OwnerAlone.Close(new FileInfo(Path.Combine(folder, name)));
        var logs = new DirectoryInfo(Path.Combine(folder, "logs"));
        OwnerAlone.Close(logs);
        if (!logs.Exists || logs.LinkTarget is not null) return;
        foreach (var file in logs.EnumerateFiles("scheduler-*.log")) OwnerAlone.Close(file);
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetFileMask(uint mask);
}
