using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Observers;

/// <summary>The objects that grains call back, held weakly: an observer lives as long as its owner keeps it.</summary>
internal sealed partial class ObserverDirectory(
    SiloClocks clocks, IOptions<SiloMessagingOptions> messaging, ILogger<ObserverDirectory> logger) : ICallRoute, IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Observer> _observers = new();
    private long _lastKey;

    public ResponseTimeouts Timeouts { get; } = new(clocks.Messaging, messaging.Value.ResponseTimeout);

    public GrainId Add(IGrainObserver target)
    {
        var key = Interlocked.Increment(ref _lastKey).ToString(CultureInfo.InvariantCulture);
        var id = GrainId.Create("sys.observer", key);
        _observers[id] = new Observer(target);
        return id;
    }

    public void Remove(GrainId id) => _observers.TryRemove(id, out _);

    /// <summary>A call on an observer that is gone is dropped; a caller that awaits it gets a time-out, as between silos.</summary>
    public void Send(GrainId target, Request request)
    {
        if (!_observers.TryGetValue(target, out var observer))
        {
            LogDropped(logger, target);
        }
        else if (!observer.Post(request))
        {
            Remove(target);
            LogDropped(logger, target);
        }
    }

    public void ReportFault(GrainId target, string method, Exception exception) =>
        LogObserverFailed(logger, exception, method, target);

    public void Dispose() => Timeouts.Dispose();

    [LoggerMessage(30, LogLevel.Debug, "A call on {Observer} was dropped: the observer is gone")]
    private static partial void LogDropped(ILogger logger, GrainId observer);

    [LoggerMessage(31, LogLevel.Warning, "{Method} of {Observer} failed, and nobody waits for it")]
    private static partial void LogObserverFailed(ILogger logger, Exception exception, string method, GrainId observer);
}
