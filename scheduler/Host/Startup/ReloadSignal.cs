using System.Runtime.InteropServices;
using GpuScheduler.Host.Pools;
using Grpc.Core;

namespace GpuScheduler.Host.Startup;

/// <summary>SIGHUP reads the rules again, as administrators expect of a daemon. What is wrong with them is in the log.</summary>
internal sealed partial class ReloadSignal(PoolReloader reloader, ILogger<ReloadSignal> logger) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _registration?.Dispose();

    /// <summary>Cancelled, so that the runtime doesn't end the process as it otherwise would.</summary>
    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        // The signal's own thread must not wait for a cycle; every outcome is told to the log.
        _ = Reload();
    }

    private async Task Reload()
    {
        try
        {
            await reloader.Reload("SIGHUP");
        }
        catch (Exception failure)
        {
            LogFailed(failure is RpcException refused ? refused.Status.Detail : failure.Message);
        }
    }

    [LoggerMessage(2403, LogLevel.Error, "SIGHUP changed nothing: {Why}")]
    private partial void LogFailed(string why);
}
