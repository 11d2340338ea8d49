using System.Runtime.InteropServices;
using GpuScheduler.Worker.Execution.Native;
using Microsoft.Win32.SafeHandles;

namespace GpuScheduler.Worker.JobFiles;

/// <summary>
/// Opens files that a job made or could have made. A job may put anything there: a FIFO that blocks its reader, a device
/// that never ends, a link to a file that is none of its business. So files are opened without waiting and without following
/// a link at the end of the path, and only regular ones count.
/// </summary>
internal static class JobFile
{
    private const int NoSuchFile = 2;
    private const int NoSuchDevice = 6;
    private const int NotAFolder = 20;
    private const int IsAFolder = 21;
    private const int IsALink = 40;

    private const int ToRead = 0;
    private const int ToWrite = 1;
    private const int ToReadAndWrite = 2;
    private const int Create = 0x40;
    private const int New = Create | 0x80;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;

    /// <summary>O_NOCTTY: a terminal must not become the agent's.</summary>
    private const int NoTerminal = 0x100;

    /// <summary>Of what is the worker's own.</summary>
    public const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly int NotThroughALink = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0x20000 : 0x8000;

    /// <returns>Null when there is none.</returns>
    /// <exception cref="IOException">There is one, but it is no regular file or may not be read.</exception>
    public static SafeFileHandle? TryOpen(string path) => TryOpen(path, ToRead | NotThroughALink, facts => facts.IsRegular);

    /// <inheritdoc cref="TryOpen(string)"/>
    public static SafeFileHandle? TryOpenToChange(string path) =>
        TryOpen(path, ToReadAndWrite | NotThroughALink, facts => facts.IsRegular);

    /// <summary>To add to it, made if it isn't there. A link counts here: where output goes is the job's own choice.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="mode">Of a new one: the job's, whatever this process's own mask is.</param>
    /// <exception cref="IOException">It is neither a regular file nor /dev/null, or may not be written.</exception>
    public static SafeFileHandle OpenToAppend(string path, UnixFileMode mode = (UnixFileMode)0x1A4) =>
        TryMake(path, mode)
        ?? TryOpen(path, ToWrite | Create | Append, facts => facts.IsRegular || facts.IsNull) ?? throw Fault(path, NoSuchFile);

    /// <summary>Only to be asked about, not to be read: that has no effect whatever the file is.</summary>
    public static SafeFileHandle? TryFind(string path) => TryOpen(path, PathOnly, _ => true);

    /// <summary>A whole file, of a size that only a mistake or an attack exceeds.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="IOException">It isn't regular, too large, or can't be read.</exception>
    public static byte[]? TryReadAll(string path, int most)
    {
        using var file = TryOpen(path);
        if (file is null)
            return null;
        var length = RandomAccess.GetLength(file);
        if (length > most)
            throw new IOException($"{path} has {length} bytes; at most {most} are read");
        var content = new byte[length];
        var read = 0;
        while (read < length && RandomAccess.Read(file, content.AsSpan(read), read) is > 0 and var more)
            read += more;
        return read == length ? content : content[..read];
    }

    /// <returns>Null when there is something of that name, or it can't be made.</returns>
    private static SafeFileHandle? TryMake(string path, UnixFileMode mode)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            return null;
        var number = LibC.open(path, ToWrite | New | Append | CloseOnExec, (uint)OwnerAlone);
        if (number < 0)
            return null;
        var file = new SafeFileHandle(number, ownsHandle: true);
        Set(file, mode);
        return file;
    }

    private static void Set(SafeFileHandle file, UnixFileMode mode)
    {
        try
        {
            if (mode != OwnerAlone)
                File.SetUnixFileMode(file, mode);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A disk that knows no modes.
        }
    }

    private static SafeFileHandle? TryOpen(string path, int flags, Func<FileFacts, bool> isAllowed)
    {
        // The C library would stop reading the path at a NUL and open another file.
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new IOException("a path can't hold a NUL");
        var number = LibC.open(path, flags | LibC.WithoutWaiting | CloseOnExec | NoTerminal, 0x1B6);
        if (number < 0)
            return Marshal.GetLastPInvokeError() is NoSuchFile or NotAFolder && (flags & Create) == 0
                ? null
                : throw Fault(path, Marshal.GetLastPInvokeError());
        var file = new SafeFileHandle(number, ownsHandle: true);
        try
        {
            var facts = FileFacts.Of(file);
            return isAllowed(facts) ? file : throw new IOException($"{path} is {facts.Kind}, not a regular file");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static IOException Fault(string path, int error) => new(
        error switch
        {
            IsALink => $"{path} is a symbolic link, which is not followed",
            IsAFolder => $"{path} is a directory, not a regular file",
            NoSuchDevice => $"{path} is a FIFO that nothing reads, or a socket, not a regular file",
            _ => $"{path}: {Marshal.GetPInvokeErrorMessage(error)}",
        },
        error);
}
