using System.Diagnostics;

namespace GpuScheduler.Storage.Tests.Child;

/// <summary>This assembly running as another process, to be killed at a chosen moment.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(ChildProcess).Assembly.Location, .. arguments])
            start.ArgumentList.Add(argument);
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The next line it prints; fails with what it said on standard error when it has ended.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken)
        ?? throw new InvalidOperationException("The child ended: " + await _process.StandardError.ReadToEndAsync(cancellationToken));

    /// <summary>SIGKILL; returns what it had printed until then and nobody had read.</summary>
    public async Task<IReadOnlyList<string>> KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
        var rest = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        // A line cut short was never said.
        return [.. rest.Split('\n').SkipLast(1)];
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
