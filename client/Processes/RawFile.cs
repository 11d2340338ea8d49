using System.Runtime.InteropServices;
using GpuScheduler.Protos;
using Microsoft.Win32.SafeHandles;

namespace GpuScheduler.Client.Processes;

/// <summary>Files whose names need not be UTF-8: to the kernel a name is bytes, and .NET can't say all of them.</summary>
internal static partial class RawFile
{
    /// <summary>O_RDONLY | O_CLOEXEC | O_NONBLOCK: a FIFO of such a name reads as empty.</summary>
    private const int ReadOnlyCloseOnExec = 0x80800;

    /// <param name="path">As <see cref="RawText"/>.</param>
    public static bool Exists(string path)
    {
        if (!RawText.HasMarks(path)) return File.Exists(path);
        using var handle = Open(path);
        return !handle.IsInvalid;
    }

    /// <param name="path">As <see cref="RawText"/>.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public static FileStream OpenRead(string path)
    {
        if (!RawText.HasMarks(path)) return File.OpenRead(path);
        var handle = Open(path);
        return handle.IsInvalid
            ? throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()))
            : new FileStream(handle, FileAccess.Read);
    }

    private static SafeFileHandle Open(string path) => OpenNative([.. RawText.ToBytes(path), 0], ReadOnlyCloseOnExec);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial SafeFileHandle OpenNative(byte[] path, int flags);
}
