using Grpc.Core;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace GpuScheduler.Worker.Session;

/// <summary>Keeps a session with the scheduler for as long as the worker lives. Attempts don't notice when there is none.</summary>
internal sealed partial class SessionLoop
{
    private readonly SessionServices _services;
    private readonly SchedulerChannel _channel;
    private readonly ResiliencePipeline _retry;
    private readonly SessionPauses _pauses;
    private readonly ILogger<SessionLoop> _logger;

    public SessionLoop(SessionServices services, SchedulerChannel channel)
    {
        _services = services;
        _channel = channel;
        _pauses = new(services.Time);
        _logger = services.Logging.CreateLogger<SessionLoop>();
        _retry = new ResiliencePipelineBuilder { TimeProvider = services.Time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(error => error is not OperationCanceledException),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = SessionPauses.First,
            MaxDelay = SessionPauses.Longest,
            OnRetry = retry =>
            {
                LogRetry(_channel.Reason(retry.Outcome.Exception!), retry.RetryDelay.TotalSeconds);
                return default;
            },
        }).Build();
    }

    /// <summary>Ends only when cancelled. A session that had worked for a while starts the delays anew.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var pause = await _retry.ExecuteAsync(ConnectOnceAsync, cancellationToken);
                await Task.Delay(pause, _services.Time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <returns>How long to wait before the next session; throws when none came about.</returns>
    private async ValueTask<TimeSpan> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        await _services.Stores.ServeWhatFailedAsync();
        var began = _services.Time.GetTimestamp();
        using var call = _channel.Connect(cancellationToken);
        var session = new SchedulerSession(_services, call);
        try
        {
            await session.RunAsync(cancellationToken);
        }
        catch (OtherStoreException other)
        {
            if (!await _services.Stores.ServeAsync(other.Store, other.TakesOld) && _services.Stores.InService?.Mark.Store != other.Store)
                throw;
            return _pauses.After(began);
        }
        catch (Exception error) when (session.WasWelcomed && !cancellationToken.IsCancellationRequested)
        {
            LogLost(_channel.Reason(error));
            // Aborted: another worker on this data directory has taken the session. Two that keep taking it
            // from each other must not do so at full speed.
            return error is RpcException { StatusCode: StatusCode.Aborted } ? SessionPauses.Longest : _pauses.After(began);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _pauses.After(began);
    }
}
