using System.ComponentModel;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Checkpoints;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Execution.Supervision;

namespace GpuScheduler.Worker.Execution;

/// <summary>An attempt that has just begun.</summary>
internal sealed record LaunchedAttempt(Supervisor Supervisor, CheckpointStart? Checkpoint);

/// <summary>Turns a dispatch into a folder and a running supervisor.</summary>
internal sealed class AttemptLauncher(
    DataDirectory data,
    string node,
    SupervisorProgram program,
    CheckpointFinder checkpoints,
    AttemptGroups groups,
    AttemptProcesses processes,
    IReadOnlyDictionary<string, string> agentEnvironment,
    TimeProvider time)
    : IDisposable
{
    private const int ArgumentsTooLong = 7;

    /// <summary>
    /// A process being started holds copies of this one's open files for an instant; a script that is open for writing in one
    /// of them can't be executed ("text file busy"). So scripts are written while nothing is started.
    /// </summary>
    private readonly ReaderWriterLockSlim _starting = new();

    /// <exception cref="JobFaultException">The job asks for something impossible.</exception>
    /// <exception cref="IOException">This node can't keep the attempt's files.</exception>
    /// <exception cref="Win32Exception">This node can't start a process.</exception>
    public async Task<LaunchedAttempt> LaunchAsync(Dispatch dispatch, AttemptFolder folder, CancellationToken cancellationToken)
    {
        folder.Create(dispatch);
        GangPort.Check(dispatch);
        var directory = WorkingDirectory(dispatch, folder);
        var checkpoint = await checkpoints.PrepareAsync(dispatch, cancellationToken);
        var end = WireSpan.From(dispatch.TimeLimit) is { } limit ? time.GetUtcNow() + limit : (DateTimeOffset?)null;
        var setting = new AttemptSetting(folder, node, directory, checkpoint, end);
        var output = OutputFiles.For(folder, dispatch, directory, node);
        output.Create(folder, truncate: dispatch.Attempt == 1 && dispatch.Gang is not { Rank: > 0 });
        var environment = AttemptEnvironment.Build(dispatch, setting, agentEnvironment);
        var command = Command(dispatch.Spec, folder);
        var group = groups.Make(folder.Key, dispatch.MemoryMib);
        try
        {
            return new(Start(folder, directory, command, environment, output, group), checkpoint);
        }
        catch
        {
            if (group is not null)
                groups.Discard(group);
            throw;
        }
    }

    public void Dispose() => _starting.Dispose();

    private static string WorkingDirectory(Dispatch dispatch, AttemptFolder folder)
    {
        var named = dispatch.Spec.WorkingDirectory;
        if (named.Length == 0)
            return Directory.CreateDirectory(folder.Work).FullName;
        if (!Path.IsPathRooted(named) || !Directory.Exists(named))
            throw new JobFaultException($"working directory '{named}' doesn't exist on this node. "
                + "Allowed: an absolute path to a directory that every node which may run the job has.");
        return named;
    }

    private List<string> Command(JobSpec spec, AttemptFolder folder)
    {
        if (spec.Script.Length == 0)
            return spec.Command.Count > 0 ? [.. spec.Command] : throw new JobFaultException("the job has neither a command nor a script");
        WriteScript(spec.Script, folder.Script);
        return [folder.Script, .. spec.ScriptArguments];
    }

    private void WriteScript(string script, string path)
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _starting.EnterWriteLock();
        try
        {
            using var file = new FileStream(
                path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = ownerOnly });
            file.Write(System.Text.Encoding.UTF8.GetBytes(script));
        }
        finally
        {
            _starting.ExitWriteLock();
        }
    }

    private Supervisor Start(
        AttemptFolder folder,
        string directory,
        List<string> command,
        Dictionary<string, string> environment,
        OutputFiles output,
        AttemptGroup? group)
    {
        var (kept, handed) = ShellVariables.Split(environment);
        SpawnRequest Request(string enter) => new(
            program.Path,
            [.. program.Beginning, folder.Path, data.Bell, folder.Key.ToString(), enter, directory, .. handed, .. command],
            kept, output.StandardOutput, output.StandardError);
        _starting.EnterReadLock();
        try
        {
            return processes.Bear(() =>
            {
                var born = group is null ? null : ProcessSpawner.TrySpawnIn(group.Path, Request(enter: ""));
                var pid = born ?? ProcessSpawner.Spawn(Request(enter: group?.Path ?? ""));
                return new(ProcessStat.Read(pid) ?? ProcessStat.Gone(pid), LaunchedHere: true, group);
            });
        }
        catch (Win32Exception error) when (error.NativeErrorCode == ArgumentsTooLong)
        {
            throw new JobFaultException("command, arguments and environment together are longer than this system allows for a program");
        }
        finally
        {
            _starting.ExitReadLock();
        }
    }
}
