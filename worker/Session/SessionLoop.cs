using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

/// <summary>Keeps a session with the scheduler for as long as the worker lives. Attempts don't notice when there is none.</summary>
internal sealed partial class SessionLoop
{
    private readonly SessionServices _services;
    private readonly SchedulerChannel _channel;
    private readonly SessionPace _pace;
    private readonly ILogger<SessionLoop> _logger;

    public SessionLoop(SessionServices services, SchedulerChannel channel)
    {
        _services = services;
        _channel = channel;
        _logger = services.Logging.CreateLogger<SessionLoop>();
        _pace = new(services.Time, services.Chance, (error, pause) => LogRetry(_channel.Reason(error), pause.TotalSeconds));
    }

    /// <summary>Ends only when cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _pace.KeepAsync(ConnectOnceAsync, cancellationToken);

    /// <returns>How the session ended; throws when none came about.</returns>
    private async ValueTask<SessionEnd> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        await _services.Stores.ServeWhatFailedAsync();
        var began = _services.Time.GetTimestamp();
        using var call = _channel.Connect();
        var session = new SchedulerSession(_services, call);
        try
        {
            await session.RunAsync(cancellationToken);
        }
        catch (OtherStoreException other)
        {
            if (!await _services.Stores.ServeAsync(other.Store, other.TakesOld) && _services.Stores.InService?.Mark.Store != other.Store)
                throw;
            return EndAfter(began);
        }
        catch (Exception error) when (session.WasWelcomed || cancellationToken.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LogLost(_channel.Reason(error));
            return error is RpcException { StatusCode: StatusCode.Aborted } ? SessionEnd.Taken : EndAfter(began);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return EndAfter(began);
    }

    private SessionEnd EndAfter(long began) =>
        _services.Time.GetElapsedTime(began) < SessionPace.Steady ? SessionEnd.Early : SessionEnd.Late;
}
