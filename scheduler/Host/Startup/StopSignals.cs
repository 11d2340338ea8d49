using System.Runtime.InteropServices;

namespace GpuScheduler.Host.Startup;

/// <summary>
/// Stops the scheduler when it is told to. During the start it waits for the start's end: parts that are cancelled in the middle of it
/// report faults that are none. A second signal in that time ends the process at once, should the start hang.
/// </summary>
internal sealed class StopSignals(IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] s_signals = [PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM];

    private readonly List<PosixSignalRegistration> _registered = [];
    private int _told;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registered.AddRange(s_signals.Select(signal => PosixSignalRegistration.Create(signal, Stop)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registered.ForEach(one => one.Dispose());

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = Interlocked.Increment(ref _told) == 1 || lifetime.ApplicationStarted.IsCancellationRequested;
        lifetime.ApplicationStarted.Register(lifetime.StopApplication);
    }
}
