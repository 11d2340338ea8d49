using System.ComponentModel;
using System.Reflection;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution.Supervision;

/// <summary>
/// How a supervisor is started: as machine code where this build holds some that runs here, else as a shell's script. Both do
/// the same; the shell takes six times as long to start.
/// </summary>
internal sealed partial class SupervisorProgram(string path, IReadOnlyList<string> beginning, Func<JobSpec, string> setting)
{
    private const string Shell = "/bin/sh";
    private const string ScriptName = "supervise.sh";
    private const string MachineCodeName = "supervise";
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>What it answers to a call without arguments (supervise.c).</summary>
    private const int UsageExit = 2;

    public string Path => path;

    /// <summary>The first of its arguments, its own name among them.</summary>
    public IReadOnlyList<string> Beginning => beginning;

    /// <summary>How it is told the submitter's mask and limits.</summary>
    public string SettingOf(JobSpec spec) => setting(spec);

    /// <exception cref="IOException">It is gone: the data directory was emptied.</exception>
    public void Check()
    {
        var file = beginning.Count > 1 ? beginning[1] : path;
        if (!File.Exists(file))
            throw new IOException($"{file} is gone: the data directory was emptied while the worker ran; start the worker anew");
    }

    /// <summary>Puts it into the data directory, where it stays valid while the agent's own files are replaced.</summary>
    /// <exception cref="IOException">The directory can't be written.</exception>
    public static SupervisorProgram Install(SupervisorChoice choice, string folder, ILogger<SupervisorProgram> logger) =>
        (choice == SupervisorChoice.Auto ? TryInstallMachineCode(folder, logger) : null) ?? InstallScript(folder);

    private static SupervisorProgram InstallScript(string folder)
    {
        var path = System.IO.Path.Combine(folder, ScriptName);
        Place(Resource(ScriptName) ?? throw new InvalidOperationException($"resource {ScriptName} is missing from the build"), path);
        return new(Shell, ["sh", path], SubmitterLimits.OfThisProcess().ForShell);
    }

    /// <returns>Null where the build holds none, or none for this machine, or the directory's disk runs no programs.</returns>
    private static SupervisorProgram? TryInstallMachineCode(string folder, ILogger<SupervisorProgram> logger)
    {
        if (Resource(MachineCodeName) is not { } code)
            return null;
        var path = System.IO.Path.Combine(folder, MachineCodeName);
        Place(code, path);
        if (Runs(path) is not { } why)
            return new(path, [MachineCodeName], SubmitterLimits.OfThisProcess().ForMachineCode);
        LogNotUsable(logger, path, why);
        return null;
    }

    /// <returns>Null when it runs, else why it doesn't.</returns>
    private static string? Runs(string path)
    {
        try
        {
            File.SetUnixFileMode(path, Executable);
            using var nowhere = JobFile.OpenToAppend("/dev/null");
            var status = Children.Wait(ProcessSpawner.Spawn(new(path, [MachineCodeName], [], nowhere, null)));
            return status == UsageExit << 8 ? null : $"it ended with {status}";
        }
        catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    /// <summary>
    /// By rename: who runs the older file goes on with it. A full disk is no obstacle to an agent that finds its own there.
    /// </summary>
    private static void Place(byte[] content, string path)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).SequenceEqual(content))
            DurableFile.Write(path, content);
    }

    private static byte[]? Resource(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name);
        if (resource is null)
            return null;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
