using GpuScheduler.Worker.JobFiles;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>Errors of the system that a node answers for: its own disk is full or failing, or it has too many files open.</summary>
internal static class NodeErrors
{
    private const int InputOutput = 5;
    private const int TooManyFiles = 23;
    private const int TooManyOwnFiles = 24;
    private const int DiskFull = 28;
    private const int QuotaExceeded = 122;

    /// <summary>
    /// At a path that a job names. A full disk or a spent quota counts against the node only where it is the disk of the worker's own
    /// data: any other is its users'.
    /// </summary>
    /// <param name="error">Other kinds of exception have numbers of Windows as HResult, of which 5 is "access denied".</param>
    /// <param name="path">Absolute.</param>
    /// <param name="data">A folder of the worker's.</param>
    public static bool Is(Exception error, string path, string data) => error switch
    {
        IOException { HResult: TooManyFiles or TooManyOwnFiles } => true,
        IOException { HResult: InputOutput or DiskFull or QuotaExceeded } => SameDisk.Holds(path, data),
        _ => false,
    };
}
