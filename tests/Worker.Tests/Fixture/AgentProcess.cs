using System.Diagnostics;
using System.Reflection;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>A worker as a process of its own, so that it can be killed like one.</summary>
internal sealed class AgentProcess : IDisposable
{
    private static readonly string Program = typeof(AgentProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "WorkerProgram").Value!;

    private readonly Process _process;

    public AgentProcess(Uri server, string data, params string[] more)
        : this([Program, .. more.Contains("--server") ? [] : (string[])["--server", server.ToString()],
            "--name", "node-a", "--data", data, .. more])
    {
    }

    private AgentProcess(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        // Read away, so that a full pipe never holds the agent up.
        Error = _process.StandardError.ReadToEndAsync();
        Output = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>By a shell that has a file open without thinking of whom it starts.</summary>
    public static AgentProcess StartWithOpenFile(Uri server, string data) => new(
        ["sh", "-c", "exec \"$@\" 7</dev/null", "sh", Program, "--server", server.ToString(), "--name", "node-a", "--data", data]);

    /// <summary>In surroundings where some variables are set, as "NAME=value".</summary>
    public static AgentProcess StartWith(Uri server, string data, params string[] variables) => new(
        ["env", .. variables, Program, "--server", server.ToString(), "--name", "node-a", "--data", data]);

    /// <summary>By a shell in a directory that is gone, and without any of the standard streams.</summary>
    public static AgentProcess StartNowhere(Uri server, string data) => new(
        ["sh", "-c", "cd \"$(mktemp -d)\" && rmdir \"$PWD\" && exec \"$@\" <&- >&- 2>&-", "sh", Program, "--server", server.ToString(),
            "--name", "node-a", "--data", data]);

    public Task<string> Error { get; }

    public Task<string> Output { get; }

    public async Task KillAsync()
    {
        Signals.Send(_process.Id, Signals.Kill);
        await _process.WaitForExitAsync();
    }

    public Task<int> TerminateAsync() => EndAsync(Signals.Terminate);

    public async Task<int> EndAsync(int signal)
    {
        Signals.Send(_process.Id, signal);
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        // Gone for good: it could still make what a test has just cleaned up.
        _process.WaitForExit();
        _process.Dispose();
    }
}
