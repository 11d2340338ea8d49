using System.ComponentModel;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>
/// Starts processes with posix_spawn: the attempt gets a session of its own, default signals, /dev/null as input and
/// output files opened for appending. .NET's Process class has a global lock and its own SIGCHLD handling, both in the way
/// of several hundred launches a second.
/// </summary>
internal static unsafe class ProcessSpawner
{
    private const int ReadOnly = 0;
    private const int AppendCreate = 0x1 | 0x40 | 0x400;
    private const uint OwnerWritable = 0x1A4;

    /// <returns>The new process's id, which is its session's and its process group's as well.</returns>
    /// <exception cref="Win32Exception">The process could not be started; NativeErrorCode is errno.</exception>
    public static int Spawn(SpawnRequest request)
    {
        var actions = stackalloc byte[LibC.OpaqueSize];
        var attributes = stackalloc byte[LibC.OpaqueSize];
        _ = LibC.posix_spawn_file_actions_init(actions);
        _ = LibC.posix_spawnattr_init(attributes);
        try
        {
            SetAttributes(attributes);
            return Spawn(request, actions, attributes);
        }
        finally
        {
            _ = LibC.posix_spawn_file_actions_destroy(actions);
            _ = LibC.posix_spawnattr_destroy(attributes);
        }
    }

    private static int Spawn(SpawnRequest request, void* actions, void* attributes)
    {
        using var files = new Utf8Block(["/dev/null", request.StandardOutput, request.StandardError ?? "", request.Program]);
        using var arguments = new Utf8Block(request.Arguments);
        using var environment = new Utf8Block(request.Environment);
        Check(LibC.posix_spawn_file_actions_addopen(actions, 0, files.Pointers[0], ReadOnly, 0));
        Check(LibC.posix_spawn_file_actions_addopen(actions, 1, files.Pointers[1], AppendCreate, OwnerWritable));
        Check(request.StandardError is null
            ? LibC.posix_spawn_file_actions_adddup2(actions, 1, 2)
            : LibC.posix_spawn_file_actions_addopen(actions, 2, files.Pointers[2], AppendCreate, OwnerWritable));
        Check(LibC.posix_spawn(out var pid, files.Pointers[3], actions, attributes, arguments.Pointers, environment.Pointers));
        return pid;
    }

    /// <summary>.NET ignores SIGPIPE and may block others; an ignored or blocked signal would be the job's for life.</summary>
    private static void SetAttributes(void* attributes)
    {
        var signals = stackalloc byte[LibC.OpaqueSize];
        Check(LibC.posix_spawnattr_setflags(
            attributes, LibC.SpawnSetSession | LibC.SpawnSetSignalMask | LibC.SpawnSetSignalDefaults));
        _ = LibC.sigemptyset(signals);
        Check(LibC.posix_spawnattr_setsigmask(attributes, signals));
        _ = LibC.sigfillset(signals);
        Check(LibC.posix_spawnattr_setsigdefault(attributes, signals));
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }
}
