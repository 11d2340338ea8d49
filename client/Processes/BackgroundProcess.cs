using System.Diagnostics;
using System.Globalization;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Commands;
using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Processes;

/// <summary>A program that runs on after the command that started it: own session, a log, and a file that says which
/// process it is.</summary>
internal sealed class BackgroundProcess(string name, string directory, ClientContext context)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public string Name { get; } = name;

    public string LogFile { get; } = Path.Combine(directory, name + ".log");

    /// <summary>How long the log was when this start wrote nothing yet.</summary>
    private long logStart;

    private string PidFile { get; } = Path.Combine(directory, name + ".pid");

    public ProcessIdentity? Running => Read() is { IsRunning: true } identity ? identity : null;

    public static ProcessIdentity? ReadPidFile(string path)
    {
        if (!File.Exists(path))
            return null;

        var parts = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new(pid, start)
            : null;
    }

    /// <summary>Starts the program and returns once its process is known; whether it is healthy is the caller's to find out.</summary>
    public async Task<ProcessIdentity> StartAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        File.Delete(PidFile);
        logStart = File.Exists(LogFile) ? new FileInfo(LogFile).Length : 0;
        var start = new ProcessStartInfo(SiblingProgram.Find(SiblingProgram.Client, context)) { WorkingDirectory = directory };
        foreach (var argument in (string[])[DetachCommand.VerbName, LogFile, PidFile, program, .. arguments])
            start.ArgumentList.Add(argument);

        start.Environment.Remove(Parsing.SlurmNames.Variable);
        foreach (var (key, value) in variables ?? new Dictionary<string, string>())
            start.Environment[key] = value;

        using var child = Process.Start(start) ?? throw new IOException($"{program} did not start");
        while (Read() is null && !child.HasExited)
            await Task.Delay(Poll, context.Time, cancellationToken);

        return Read() ?? throw new CommandException(ExitCode.Failure, $"{Name} did not start; see {LogFile}");
    }

    /// <summary>Asks it to end, and insists after the patience is over. False when nothing ran.</summary>
    public async Task<bool> StopAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (Running is not { } process)
            return false;

        Posix.Signal(process.Pid, Posix.SigTerm);
        var deadline = context.Time.GetUtcNow() + patience;
        while (process.IsRunning)
        {
            if (context.Time.GetUtcNow() > deadline)
                Posix.Signal(process.Pid, Posix.SigKill);

            await Task.Delay(Poll, context.Time, cancellationToken);
        }

        File.Delete(PidFile);
        return true;
    }

    /// <summary>The end of what its log says since it was started here, for a message about a failed start.</summary>
    public string LastLines(int count)
    {
        if (!File.Exists(LogFile)) return "";
        using var log = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Position = log.Length >= logStart ? logStart : 0;
        using var reader = new StreamReader(log);
        return string.Join('\n', reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count));
    }

    private ProcessIdentity? Read() => ReadPidFile(PidFile);
}
