using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>A running program whose output is kept for the message of a test that fails.</summary>
public sealed partial class ProcessHandle : IDisposable
{
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ProcessHandle(Process process) => _process = process;

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines of both streams.</summary>
    public string Output => string.Join('\n', _lines);

    public static ProcessHandle Start(ProcessStartInfo start)
    {
        var process = new Process { StartInfo = start };
        var handle = new ProcessHandle(process);
        process.OutputDataReceived += (_, line) => handle.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => handle.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return handle;
    }

    /// <summary>SIGKILL to this process alone, and waits until it is gone.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit status.</summary>
    public async Task<int> Terminate()
    {
        _ = SendSignal(Pid, 15);
        await _process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return _process.ExitCode;
    }

    /// <summary>SIGHUP: read the configuration again.</summary>
    public void HangUp() => _ = SendSignal(Pid, 1);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        while (_lines.Count > KeptLines) _lines.TryDequeue(out _);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
