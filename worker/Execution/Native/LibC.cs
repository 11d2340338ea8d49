using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>The few calls of the C library that .NET has no door to. Linux only (glibc and musl).</summary>
internal static unsafe partial class LibC
{
    /// <summary>No process has the asked id, or none that is our child.</summary>
    internal const int NoSuchProcess = 3;
    internal const int NoSuchFile = 2;
    internal const int WaitWithoutHanging = 1;
    internal const int SetChildSubreaper = 36;

    internal const short SpawnSetSignalDefaults = 0x04;
    internal const short SpawnSetSignalMask = 0x08;
    internal const short SpawnSetSession = 0x80;

    /// <summary>O_DIRECTORY | O_CLOEXEC on x86-64.</summary>
    internal const int OpenDirectory = 0x10000 | OpenToRead;

    /// <summary>O_RDONLY | O_CLOEXEC.</summary>
    internal const int OpenToRead = 0x80000;

    /// <summary>O_NONBLOCK: a FIFO in a file's place doesn't hold back who opens it.</summary>
    internal const int WithoutWaiting = 0x800;
    internal const int PageReadWrite = 0x3;
    internal const int PageReadExecute = 0x5;

    /// <summary>MAP_PRIVATE | MAP_ANONYMOUS.</summary>
    internal const int PrivateMemory = 0x22;

    /// <summary>Larger than posix_spawnattr_t, posix_spawn_file_actions_t and sigset_t of every supported C library.</summary>
    internal const int OpaqueSize = 1024;

    [LibraryImport("libc")]
    internal static partial uint umask(uint mask);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int getrusage(int who, long* usage);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int wait4(int pid, out int status, int options, long* usage);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fallocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial long lseek(SafeFileHandle file, long offset, int whence);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(RawStringMarshaller))]
    internal static partial int open(string path, int flags);

    [LibraryImport(
        "libc", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(RawStringMarshaller),
        SetLastError = true)]
    internal static partial int open(string path, int flags, uint mode);

    [LibraryImport(
        "libc", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(RawStringMarshaller),
        SetLastError = true)]
    internal static partial nint readlink(string path, byte* target, nuint length);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(RawStringMarshaller))]
    internal static partial int access(string path, int mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(RawStringMarshaller))]
    internal static partial int statvfs(string path, long* answer);

    [LibraryImport("libc")]
    internal static partial nint read(int descriptor, byte* target, nuint length);

    [LibraryImport("libc")]
    internal static partial int close(int descriptor);

    [LibraryImport("libc")]
    internal static partial long syscall(long number, nuint argument1, nuint argument2, nuint argument3);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial long syscall(
        long number, nuint argument1, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int rmdir(string path);

    [LibraryImport("libc")]
    internal static partial void* mmap(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc")]
    internal static partial int mprotect(void* address, nuint length, int protection);

    [LibraryImport("libc")]
    internal static partial int posix_spawn(int* pid, byte* path, void* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_addopen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigmask(void* attributes, void* signals);

    [LibraryImport("libc")]
    internal static partial int posix_spawnattr_setsigdefault(void* attributes, void* signals);

    [LibraryImport("libc")]
    internal static partial int sigemptyset(void* signals);

    [LibraryImport("libc")]
    internal static partial int sigfillset(void* signals);
}
