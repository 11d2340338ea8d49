using System.ComponentModel;
using System.Runtime.InteropServices;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>
/// Starts processes that are in a control group from their first instruction. Moving one there afterwards makes the kernel wait
/// until every core has been seen at rest, 10 ms and more on an idle machine. The C library has a door to this only since
/// glibc 2.39, so a few instructions of our own call clone3(2): the child shares our memory as vfork(2)'s does, calls
/// posix_spawn and ends; what it has spawned was born in its group, and comes to this process, the subreaper.
/// </summary>
internal static unsafe class GroupBirth
{
    private const int Interrupted = 4;
    private const int Signalled = 0x7F;
    private const ulong ShareMemory = 0x100;
    private const ulong WaitForChild = 0x4000;
    private const ulong IntoGroup = 0x2_0000_0000;
    private const ulong ChildSignal = 17;
    private const int StackBytes = 64 << 10;

    private static readonly delegate* unmanaged<CloneArguments*, nuint, SpawnCall*, int> Begin = Prepare();

    /// <param name="call">posix_spawn's arguments.</param>
    /// <returns>False when nothing can be born there: this machine or its kernel (before 5.7) can't, or the group is closed to
    /// us.</returns>
    /// <exception cref="Win32Exception">posix_spawn's own failure.</exception>
    public static bool TrySpawn(string group, SpawnCall call)
    {
        if (Begin is null)
            return false;
        var directory = LibC.open(group, LibC.OpenDirectory);
        if (directory < 0)
            return false;
        try
        {
            return TrySpawn((ulong)directory, &call);
        }
        finally
        {
            _ = LibC.close(directory);
        }
    }

    private static bool TrySpawn(ulong directory, SpawnCall* call)
    {
        var stack = NativeMemory.Alloc(StackBytes);
        try
        {
            var arguments = new CloneArguments
            {
                Flags = ShareMemory | WaitForChild | IntoGroup,
                ExitSignal = ChildSignal,
                Stack = (ulong)stack,
                StackSize = StackBytes,
                Group = directory,
            };
            var helper = Begin(&arguments, (nuint)sizeof(CloneArguments), call);
            if (helper < 0)
                return false;
            // The helper's exit is what posix_spawn returned: 0 or an error's number; killed, it may have come as far as that before.
            var waited = Children.Wait(helper);
            if (*call->Pid == 0)
                throw new Win32Exception((waited & Signalled) != 0 ? Interrupted : (waited >> 8) & 0xFF);
            return true;
        }
        finally
        {
            NativeMemory.Free(stack);
        }
    }

    private static delegate* unmanaged<CloneArguments*, nuint, SpawnCall*, int> Prepare()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return null;
        ReadOnlySpan<byte> code =
        [
            0x49, 0x89, 0xD0,                   // mov r8, rdx        the call, where the kernel leaves it alone
            0xB8, 0xB3, 0x01, 0x00, 0x00,       // mov eax, 435       clone3
            0x0F, 0x05,                         // syscall
            0x85, 0xC0,                         // test eax, eax
            0x74, 0x01,                         // jz child
            0xC3,                               // ret                the child's number, or an error's, negative
            0x31, 0xED,                         // child: xor ebp, ebp
            0x4C, 0x89, 0xC3,                   // mov rbx, r8
            0x48, 0x8B, 0x3B,                   // mov rdi, [rbx]     the six arguments
            0x48, 0x8B, 0x73, 0x08,             // mov rsi, [rbx+8]
            0x48, 0x8B, 0x53, 0x10,             // mov rdx, [rbx+16]
            0x48, 0x8B, 0x4B, 0x18,             // mov rcx, [rbx+24]
            0x4C, 0x8B, 0x43, 0x20,             // mov r8, [rbx+32]
            0x4C, 0x8B, 0x4B, 0x28,             // mov r9, [rbx+40]
            0xFF, 0x53, 0x30,                   // call [rbx+48]      posix_spawn
            0x89, 0xC7,                         // mov edi, eax
            0xB8, 0x3C, 0x00, 0x00, 0x00,       // mov eax, 60        exit
            0x0F, 0x05,                         // syscall
        ];
        var page = LibC.mmap(null, (nuint)Environment.SystemPageSize, LibC.PageReadWrite, LibC.PrivateMemory, -1, 0);
        if ((nint)page == -1)
            return null;
        code.CopyTo(new Span<byte>(page, code.Length));
        var isRunnable = LibC.mprotect(page, (nuint)Environment.SystemPageSize, LibC.PageReadExecute) == 0;
        return isRunnable ? (delegate* unmanaged<CloneArguments*, nuint, SpawnCall*, int>)page : null;
    }

    /// <summary>struct clone_args of linux/sched.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct CloneArguments
    {
        public ulong Flags, PidDescriptor, ChildNumber, ParentNumber, ExitSignal, Stack, StackSize, ThreadData, SetNumbers, SetNumbersSize,
        Group;
    }
}

/// <summary>posix_spawn's arguments in their order, then its address: the machine code above knows the layout.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SpawnCall
{
    public int* Pid;
    public byte* Path;
    public void* Actions;
    public void* Attributes;
    public byte** Arguments;
    public byte** Environment;
    public void* Function;
}
