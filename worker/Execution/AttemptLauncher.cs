using System.ComponentModel;
using GpuScheduler.Protos;
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
    NodeFacts node,
    SupervisorProgram program,
    CheckpointFinder checkpoints,
    AttemptGroups groups,
    AttemptProcesses processes,
    IReadOnlyDictionary<string, string> agentEnvironment,
    TimeProvider time)
{
    private const int ArgumentsTooLong = 7;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="JobFaultException">The job asks for something impossible.</exception>
    /// <exception cref="IOException">This node can't keep the attempt's files.</exception>
    /// <exception cref="Win32Exception">This node can't start a process.</exception>
    public async Task<LaunchedAttempt> LaunchAsync(Dispatch dispatch, AttemptFolder folder, CancellationToken cancellationToken)
    {
        program.Check();
        folder.Create(dispatch);
        GangPort.Check(dispatch);
        var directory = WorkingDirectory(dispatch, folder);
        var checkpoint = await PrepareAsync(dispatch, cancellationToken);
        var end = WireSpan.From(dispatch.TimeLimit) is { } limit ? time.GetUtcNow() + limit : (DateTimeOffset?)null;
        var setting = new AttemptSetting(folder, node, directory, checkpoint, end);
        var output = OutputFiles.For(folder, dispatch, directory, node.Name);
        var isFirst = dispatch.Attempt == 1 && dispatch.Gang is not { Rank: > 0 };
        using var open = output.Open(folder, truncate: isFirst, SubmitterLimits.FileModeOf(dispatch.Spec));
        var environment = AttemptEnvironment.Build(dispatch, setting, agentEnvironment);
        var command = Command(dispatch.Spec, folder, directory);
        var group = groups.Make(folder.Key, dispatch.MemoryMib);
        try
        {
            return new(Start(folder, dispatch.Spec, directory, command, environment, open, group), checkpoint);
        }
        catch
        {
            if (group is not null)
                groups.Discard(group);
            throw;
        }
    }

    /// <summary>What lies in the job's checkpoint directory is the job's doing: it must not count against this node.</summary>
    private async Task<CheckpointStart?> PrepareAsync(Dispatch dispatch, CancellationToken cancellationToken)
    {
        try
        {
            return await checkpoints.PrepareAsync(dispatch, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException
            && !NodeErrors.Is(error, CheckpointFinder.DirectoryOf(data, dispatch), data.Root))
        {
            throw new JobFaultException(
                $"the checkpoint directory can't be used on node {node.Name}: {error.Message}", LaunchFault.Missing);
        }
    }

    private string WorkingDirectory(Dispatch dispatch, AttemptFolder folder)
    {
        var named = dispatch.Spec.WorkingDirectory;
        if (named.Length == 0)
            return Directory.CreateDirectory(folder.Work).FullName;
        if (!Path.IsPathRooted(named) || !Files.IsFolder(named))
            throw new JobFaultException(
                $"working directory '{named}' {(Files.Exists(named) ? "is not a directory" : "doesn't exist")} on node {node.Name}. "
                + "Allowed: an absolute path to a directory that every node which may run the job has.", LaunchFault.Missing);
        return named;
    }

    private List<string> Command(JobSpec spec, AttemptFolder folder, string directory)
    {
        if (spec.Script.Length == 0)
            return spec.Command.Count > 0 ? [.. spec.Command] : throw new JobFaultException("the job has neither a command nor a script");
        var interpreter = ScriptInterpreter.Of(spec.Script, directory, node.Name);
        WriteScript(spec.Script, folder.Script);
        return [.. interpreter, folder.Script, .. spec.ScriptArguments];
    }

    private static void WriteScript(string script, string path)
    {
        using var file = new FileStream(
            path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        file.Write(RawText.ToBytes(script));
    }

    private Supervisor Start(
        AttemptFolder folder,
        JobSpec spec,
        string directory,
        List<string> command,
        Dictionary<string, string> environment,
        OpenOutput output,
        AttemptGroup? group)
    {
        var (kept, handed) = ShellVariables.Split(environment);
        SpawnRequest Request(string enter) => new(
            program.Path,
            [
                .. program.Beginning, folder.Path, data.Bell, folder.Key.ToString(), enter, directory, program.SettingOf(spec),
                .. handed, .. command,
            ],
            kept, output.StandardOutput, output.StandardError);
        try
        {
            return processes.Bear(() =>
            {
                var born = group is null ? null : ProcessSpawner.TrySpawnIn(group.Path, Request(enter: ""));
                var pid = born ?? ProcessSpawner.Spawn(Request(enter: group?.Path ?? ""));
                return new(ProcessStat.Read(pid) ?? ProcessStat.Gone(pid), LaunchedHere: true, group, Children.OwnPeakKib());
            });
        }
        catch (Win32Exception error) when (error.NativeErrorCode == ArgumentsTooLong)
        {
            throw new JobFaultException("command, arguments and environment together are longer than this system allows for a program");
        }
        catch (Win32Exception error)
        {
            throw new IOException($"{program.Path}, which supervises attempts, can't be started: {error.Message}", error);
        }
    }
}
