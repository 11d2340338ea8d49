using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>Holes in files: ranges that read as zeros and take no room on the disk.</summary>
internal static class Holes
{
    private const int KeepSize = 1;
    private const int PunchHole = 2;
    private const int SeekData = 3;
    private const int NothingBehind = 6;

    /// <summary>Gives a range's room back to the disk; what is behind it stays where it is, and writers don't notice.</summary>
    /// <returns>False where the file system can't.</returns>
    public static bool TryPunch(SafeFileHandle file, long offset, long length)
    {
        while (LibC.fallocate(file, KeepSize | PunchHole, offset, length) != 0)
        {
            if (Marshal.GetLastPInvokeError() != 4)
                return false;
        }

        return true;
    }

    /// <returns>The first byte at or behind the offset that isn't in a hole; the file's length when there is none.</returns>
    public static long DataAt(Stream stream, long offset)
    {
        if (stream is not FileStream file)
            return offset;
        var found = LibC.lseek(file.SafeFileHandle, offset, SeekData);
        if (found >= 0)
            return found;
        return Marshal.GetLastPInvokeError() == NothingBehind ? Math.Max(offset, file.Length) : offset;
    }
}
