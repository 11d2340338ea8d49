namespace GpuScheduler.Worker.Execution.Native;

/// <summary>Errors of the system that a node answers for, whatever file a job names: its disks are full or failing, or it has too many
/// files open.</summary>
internal static class NodeErrors
{
    private const int InputOutput = 5;
    private const int TooManyFiles = 23;
    private const int TooManyOwnFiles = 24;
    private const int DiskFull = 28;
    private const int QuotaExceeded = 122;

    /// <summary>Other kinds of exception have numbers of Windows there, of which 5 is "access denied".</summary>
    public static bool Is(Exception error) =>
        error is IOException { HResult: InputOutput or TooManyFiles or TooManyOwnFiles or DiskFull or QuotaExceeded };
}
