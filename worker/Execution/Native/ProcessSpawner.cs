using System.ComponentModel;
using System.Runtime.InteropServices;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>
/// Starts processes with posix_spawn: the attempt gets a session of its own, default signals, /dev/null as input and
/// output files that are open already. .NET's Process class has a global lock and its own SIGCHLD handling, both in the way
/// of several hundred launches a second.
/// </summary>
internal static unsafe class ProcessSpawner
{
    private const int ReadOnly = 0;

    private static readonly nint PosixSpawn = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "posix_spawn");

    /// <returns>The new process's id, which is its session's and its process group's as well.</returns>
    /// <exception cref="Win32Exception">The process could not be started; NativeErrorCode is errno.</exception>
    public static int Spawn(SpawnRequest request) => TrySpawn(request, null)!.Value;

    /// <summary>The process is in the control group from its first instruction.</summary>
    /// <returns>Null when nothing can be born there: then a process must be started and moved.</returns>
    /// <exception cref="Win32Exception">The process could not be started; NativeErrorCode is errno.</exception>
    public static int? TrySpawnIn(string group, SpawnRequest request) => TrySpawn(request, group);

    private static int? TrySpawn(SpawnRequest request, string? group)
    {
        var actions = stackalloc byte[LibC.OpaqueSize];
        var attributes = stackalloc byte[LibC.OpaqueSize];
        _ = LibC.posix_spawn_file_actions_init(actions);
        _ = LibC.posix_spawnattr_init(attributes);
        try
        {
            SetAttributes(attributes);
            return Spawn(request, group, actions, attributes);
        }
        finally
        {
            _ = LibC.posix_spawn_file_actions_destroy(actions);
            _ = LibC.posix_spawnattr_destroy(attributes);
        }
    }

    private static int? Spawn(SpawnRequest request, string? group, void* actions, void* attributes)
    {
        using var files = new TextBlock(["/dev/null", request.Program]);
        using var arguments = new TextBlock(request.Arguments);
        using var environment = new TextBlock(request.Environment);
        var error = request.StandardError ?? request.StandardOutput;
        Check(LibC.posix_spawn_file_actions_adddup2(actions, (int)request.StandardOutput.DangerousGetHandle(), 1));
        Check(LibC.posix_spawn_file_actions_adddup2(actions, (int)error.DangerousGetHandle(), 2));
        Check(LibC.posix_spawn_file_actions_addopen(actions, 0, files.Pointers[0], ReadOnly, 0));
        var pid = 0;
        var call = new SpawnCall
        {
            Pid = &pid,
            Path = files.Pointers[1],
            Actions = actions,
            Attributes = attributes,
            Arguments = arguments.Pointers,
            Environment = environment.Pointers,
            Function = (void*)PosixSpawn,
        };
        if (group is not null)
            return GroupBirth.TrySpawn(group, call) ? pid : null;
        Check(LibC.posix_spawn(&pid, call.Path, actions, attributes, call.Arguments, call.Environment));
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
