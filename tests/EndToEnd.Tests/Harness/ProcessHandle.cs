using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>A running program whose output is kept for the message of a test that fails.</summary>
public sealed partial class ProcessHandle : IDisposable
{
    private readonly Process _process;
    private readonly int _keptLines;
    private readonly ConcurrentQueue<string> _lines = new();

    private ProcessHandle(Process process, int keptLines) => (_process, _keptLines) = (process, keptLines);

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines of both streams.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Every line that was kept, once the process has ended and its streams are read to their ends.</summary>
    public async Task<IReadOnlyList<string>> AllLines()
    {
        await _process.WaitForExitAsync();
        return [.. _lines];
    }

    public static ProcessHandle Start(ProcessStartInfo start, int keptLines = 200)
    {
        var process = new Process { StartInfo = start };
        var handle = new ProcessHandle(process, keptLines);
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
    public Task<int> Terminate() => End(15);

    /// <summary>As Ctrl-C does.</summary>
    public Task<int> Interrupt() => End(2);

    /// <summary>Keeps the process from running, as a machine that hangs does: its sockets still accept.</summary>
    public void Freeze() => _ = SendSignal(Pid, 19);

    public void Thaw() => _ = SendSignal(Pid, 18);

    private async Task<int> End(int signal)
    {
        _ = SendSignal(Pid, signal);
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
        while (_lines.Count > _keptLines) _lines.TryDequeue(out _);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
