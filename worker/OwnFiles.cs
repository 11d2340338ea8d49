using GpuScheduler.Common;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker;

/// <summary>
/// Keeps the worker's files from other accounts: they hold every job's variables and output. What a job makes has the job's own
/// mask, and lies below a folder that is closed to others.
/// </summary>
internal static class OwnFiles
{
    private const uint GroupAndOthers = 0x3F; // 077

    /// <summary>What a worker makes in its folder: other files there are not its own.</summary>
    private static readonly string[] Ours =
    [
        "attempts", "bells", "boot-id", "checkpoints", "groups", "in-service", "instance", "lock", "logs", "outbox", "store", "stores",
        "supervise",
    ];

    /// <summary>Closed as a whole; what is in them is for jobs to say.</summary>
    private static readonly string[] MadeByJobs = ["checkpoints", "work"];

    /// <summary>What this process makes from now on is its own user's alone.</summary>
    public static void KeepNewFilesFromOthers() => _ = LibC.umask(GroupAndOthers);

    /// <summary>Takes from others what an earlier version let them read.</summary>
    public static void TakeFromOthers(string root)
    {
        var folder = new DirectoryInfo(root);
        OwnerAlone.Close(folder);
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => Ours.Contains(entry.Name))) TakeAll(entry);
    }

    private static void TakeAll(FileSystemInfo entry)
    {
        OwnerAlone.Close(entry);
        if (entry is not DirectoryInfo { LinkTarget: null } folder || MadeByJobs.Contains(folder.Name)) return;
        foreach (var inner in folder.EnumerateFileSystemInfos()) TakeAll(inner);
    }
}
