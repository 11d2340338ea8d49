using System.Diagnostics;
using System.Text.Json;

namespace GpuScheduler.Embedded.Grpc.Tests.Testing;

/// <summary>A gRPC peer nobody here wrote: gRPC C++ driven from Python (Debian's python3-grpcio). It speaks in lines of JSON.</summary>
public sealed class PythonPeer : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private PythonPeer(Process process) => _process = process;

    /// <summary>Runs a script of Peers/ with these arguments.</summary>
    public static PythonPeer Start(string script, params string[] arguments)
    {
        if (Missing.Value is { } missing)
            throw new InvalidOperationException(missing);
        return new PythonPeer(Launch([Path.Combine(AppContext.BaseDirectory, "Peers", script), .. arguments]));
    }

    /// <summary>The next line that the peer prints.</summary>
    public async Task<JsonElement> ReadAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        if (line is null)
            throw new InvalidOperationException($"The Python peer ended: {await _process.StandardError.ReadToEndAsync()}");
        return JsonDocument.Parse(line).RootElement;
    }

    /// <summary>Tells a scenario that waits for it to go on.</summary>
    public Task GoOnAsync() => _process.StandardInput.WriteLineAsync("go on");

    /// <summary>As kill -9: no farewell on the connection but the kernel's.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static readonly Lazy<string?> Missing = new(() =>
    {
        const string remedy = "The interop tests need gRPC for Debian's Python: install the package python3-grpcio.";
        if (!File.Exists(Python))
            return $"{remedy} ({Python} isn't there.)";
        using var probe = Launch(["-c", "import grpc"]);
        var errors = probe.StandardError.ReadToEnd();
        probe.WaitForExit();
        return probe.ExitCode == 0 ? null : $"{remedy} ({errors.Trim()})";
    });

    private static Process Launch(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A proxy of the environment must not come between two processes on one machine.
        foreach (var name in start.Environment.Keys.Where(name => name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }
}
