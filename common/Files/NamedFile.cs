using System.Runtime.InteropServices;

namespace GpuScheduler.Common;

/// <summary>Files that a user names on a command line. One that isn't regular could hold back its reader, or have no end.</summary>
internal static partial class NamedFile
{
    private const int NoSuchDevice = 6;
    private const int FromHere = 1;

    /// <summary>O_NONBLOCK | O_NOCTTY | O_CLOEXEC.</summary>
    private const int ToLookAt = 0x800 | 0x100 | 0x80000;

    /// <summary>True for a FIFO, a pipe, a socket, a terminal: reading it waits for others. False where there is no such file.</summary>
    public static bool Waits(string path)
    {
        var file = Open(path, ToLookAt);
        if (file < 0) return Marshal.GetLastPInvokeError() == NoSuchDevice;
        var isStream = Seek(file, 0, FromHere) < 0;
        _ = Close(file);
        return isStream;
    }

    /// <exception cref="IOException">It is no regular file, is longer, or can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <param name="path">Links to a file are followed.</param>
    /// <param name="most">Bytes.</param>
    public static string ReadText(string path, int most)
    {
        if (Waits(path)) throw new IOException("it is a FIFO, a socket or a terminal, not a regular file");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using var text = new MemoryStream();
        var part = new byte[1 << 16];
        for (int read; (read = file.Read(part)) > 0;)
        {
            text.Write(part, 0, read);
            if (text.Length > most) throw new IOException($"it has more than {most} bytes");
        }

        text.Position = 0;
        return new StreamReader(text).ReadToEnd();
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek")]
    private static partial long Seek(int file, long offset, int whence);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
