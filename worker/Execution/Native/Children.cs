using System.Runtime.InteropServices;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>Takes the exit of child processes, so that none stays as a zombie.</summary>
internal static unsafe class Children
{
    private const int Interrupted = 4;

    /// <summary>struct rusage: two times of 16 bytes, then the peak in KiB, then 13 more numbers.</summary>
    private const int UsageNumbers = 18;
    private const int PeakMemory = 4;

    /// <returns>False while the child still lives.</returns>
    public static bool TryReap(int pid) => TryReap(pid, out _);

    /// <param name="peakKib">
    /// Peak resident memory of the largest process among the child and all that were waited for below it. The kernel counts
    /// what this process had held at most when it started the child as the child's too. Null where there was no such child.
    /// </param>
    public static bool TryReap(int pid, out long? peakKib)
    {
        var usage = stackalloc long[UsageNumbers];
        var result = LibC.wait4(pid, out _, LibC.WaitWithoutHanging, usage);
        peakKib = result == pid ? usage[PeakMemory] : null;
        return result == pid || (result < 0 && Marshal.GetLastPInvokeError() != Interrupted);
    }

    /// <summary>Waits for a child that ends at once.</summary>
    /// <returns>As wait(2) gives it; 0 when it ended well.</returns>
    public static int Wait(int pid)
    {
        int status;
        while (LibC.wait4(pid, out status, 0, null) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                return -1;
        }

        return status;
    }

    /// <summary>The most that this process has held resident so far.</summary>
    public static long OwnPeakKib()
    {
        var usage = stackalloc long[UsageNumbers];
        return LibC.getrusage(0, usage) == 0 ? usage[PeakMemory] : long.MaxValue;
    }
}
