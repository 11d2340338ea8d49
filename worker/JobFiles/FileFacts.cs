using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GpuScheduler.Worker.Execution.Native;
using Microsoft.Win32.SafeHandles;

namespace GpuScheduler.Worker.JobFiles;

/// <summary>What the kernel says about an open file. .NET tells size and permissions, but not what kind of file it is.</summary>
/// <param name="Mode">st_mode: kind and permissions.</param>
/// <param name="Inode">Another file under the same name has another number.</param>
/// <param name="Device">Of a device: its numbers.</param>
/// <param name="Disk">Files with the same numbers lie on the same file system.</param>
internal readonly record struct FileFacts(
    int Mode, ulong Inode, long Length, (uint Major, uint Minor) Device, (uint Major, uint Minor) Disk)
{
    private const int KindBits = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;
    private const int CharacterDevice = 0x2000;

    /// <summary>AT_EMPTY_PATH: the open file itself.</summary>
    private const int OfTheFileItself = 0x1000;

    /// <summary>STATX_TYPE | STATX_MODE | STATX_INO | STATX_SIZE.</summary>
    private const int Wanted = 0x1 | 0x2 | 0x100 | 0x200;

    /// <summary>statx: its answer, unlike that of fstat, looks the same on all machines.</summary>
    private static readonly long StatxCall = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 332 : 291;

    public bool IsRegular => (Mode & KindBits) == RegularFile;

    public bool IsDirectory => (Mode & KindBits) == Folder;

    /// <summary>/dev/null: the one device that a job may send its output to.</summary>
    public bool IsNull => (Mode & KindBits) == CharacterDevice && Device == (1, 3);

    /// <summary>The kind in words, with an article.</summary>
    public string Kind => (Mode & KindBits) switch
    {
        RegularFile => "a regular file",
        Folder => "a directory",
        CharacterDevice or 0x6000 => "a device",
        0x1000 => "a FIFO",
        0xA000 => "a symbolic link",
        0xC000 => "a socket",
        _ => "of an unknown kind",
    };

    /// <exception cref="IOException">The kernel doesn't tell.</exception>
    public static unsafe FileFacts Of(SafeFileHandle file)
    {
        var answer = stackalloc byte[256];
        byte empty = 0;
        var result = LibC.syscall(
            StatxCall, (nuint)file.DangerousGetHandle(), (nuint)(&empty), OfTheFileItself, Wanted, (nuint)answer);
        if (result != 0)
            throw new IOException($"its kind can't be told: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        var bytes = new ReadOnlySpan<byte>(answer, 256);
        return new(
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[0x1C..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[0x20..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[0x28..]),
            Numbers(bytes[0x80..]),
            Numbers(bytes[0x88..]));
    }

    private static (uint Major, uint Minor) Numbers(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
}
