namespace GpuScheduler.Worker.Execution.Native;

/// <summary>
/// What starts an agent may have files open by accident: a pipe to a terminal, a lock. Jobs would hold them for days.
/// </summary>
internal static class OpenFiles
{
    private const nuint FirstUnnamed = 3;

    /// <summary>CLOSE_RANGE_CLOEXEC of linux/close_range.h.</summary>
    private const nuint AtExec = 4;

    /// <summary>The number is the same on all machines. The C library has a function for it only since glibc 2.34.</summary>
    private const long CloseRange = 436;

    /// <summary>What is open now, but for input, output and error, no other program gets. Kernels before 5.11 can't do that.</summary>
    public static void KeepFromOthers() => LibC.syscall(CloseRange, FirstUnnamed, uint.MaxValue, AtExec);
}
