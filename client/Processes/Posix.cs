using System.ComponentModel;
using System.Runtime.InteropServices;

namespace GpuScheduler.Client.Processes;

/// <summary>The few system calls that .NET has no words for.</summary>
internal static partial class Posix
{
    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int SigContinue = 18;
    public const int SigStop = 19;

    private const short PollError = 0x8;
    private const short PollHangUp = 0x10;
    private const short PollInvalid = 0x20;
    private const int WithoutEnd = -1;
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;

    /// <summary>A FIFO in a file's place is an error then, not a wait.</summary>
    private const int WithoutWaiting = 0x800;
    private const int OwnerWritesAllRead = 0x1A4;
    private const int OwnerOnly = 0x180;

    /// <summary>Whose rights this process has; 0: root.</summary>
    public static uint UserId => GetEffectiveUserId();

    /// <summary>Replaces this process: the pid, the terminal and the signals stay. Returns only by throwing.</summary>
    public static void Execute(string program, IReadOnlyList<string> arguments)
    {
        string?[] argv = [program, .. arguments, null];
        string?[] environment = [.. ReadEnvironment(), null];
        _ = Execve(program, argv, environment);
        throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Returns when the other end of a pipe or socket is closed: what is written is lost from then on. A signal interrupts the
    /// wait, but doesn't end it.</summary>
    public static void WaitUntilReaderIsGone(int descriptor)
    {
        var asked = new PollEntry { Descriptor = descriptor };
        while (Poll(ref asked, 1, WithoutEnd) < 1 || (asked.Found & (PollError | PollHangUp | PollInvalid)) == 0)
        {
        }
    }

    /// <summary>Leaves the terminal: own session, no input, output at the end of a file.</summary>
    public static void Detach(string logFile)
    {
        Check(SetSid());
        Redirect("/dev/null", 0, 0);
        Redirect(logFile, WriteOnly | Create | Append, 1);
        Check(Dup2(1, 2));
    }

    /// <summary>.NET's append mode writes at an offset that it remembers; O_APPEND alone keeps two writers apart.</summary>
    public static void AppendDurably(string path, byte[] bytes)
    {
        var file = Check(Open(path, WriteOnly | Create | Append | CloseOnExec | WithoutWaiting, OwnerWritesAllRead));
        try
        {
            if (Write(file, bytes, bytes.Length) != bytes.Length)
                throw new IOException($"{path}: could not be written in full: {Marshal.GetLastPInvokeErrorMessage()}");

            Check(FSync(file));
        }
        finally
        {
            _ = Close(file);
        }
    }

    /// <summary>False when there is no such process, or it is somebody else's.</summary>
    public static bool Signal(int pid, int signal) => Kill(pid, signal) == 0;

    private static void Redirect(string path, int mode, int descriptor)
    {
        var file = Check(Open(path, mode, OwnerOnly));
        Check(Dup2(file, descriptor));
        if (file > 2)
            _ = Close(file);
    }

    private static IEnumerable<string> ReadEnvironment() =>
        Terminal.ClientContext.ReadProcessEnvironment().Select(variable => $"{variable.Key}={variable.Value}");

    private static int Check(int result) => result >= 0 ? result : throw new IOException(Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execve(string program, string?[] argv, string?[] environment);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int SetSid();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte[] bytes, nint count);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int file);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Asked;
        public short Found;
    }
}
