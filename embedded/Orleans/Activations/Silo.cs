using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>All activations of this process: at most one for each grain, made by the first call to it.</summary>
internal sealed partial class Silo(
    IServiceProvider services,
    GrainClasses classes,
    SiloClocks clocks,
    IOptions<SiloMessagingOptions> messaging,
    IOptions<GrainCollectionOptions> collection,
    ILogger<Silo> logger) : ICallRoute, IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private volatile bool _stopping;

    public IServiceProvider Services => services;

    public SiloClocks Clocks => clocks;

    public GrainCollectionOptions Collection => collection.Value;

    public ILogger Log => logger;

    public ResponseTimeouts Timeouts { get; } = new(clocks.Messaging, messaging.Value.ResponseTimeout);

    public void Send(GrainId target, Request request)
    {
        var spin = default(SpinWait);
        while (true)
        {
            if (FindOrAdd(target) is not { } activation)
            {
                request.Fail(new SiloUnavailableException($"The silo is stopping: {target} is not activated any more."));
                return;
            }

            if (activation.Post(request))
                return;

            // The activation is between closing its mailbox and leaving the directory: moments away.
            spin.SpinOnce();
        }
    }

    public void ReportFault(GrainId target, string method, Exception exception) =>
        LogOneWayCallFailed(logger, exception, method, target);

    /// <summary>Takes an activation out. What it never started goes to its successor, in order, or fails with its failure.</summary>
    public void Retire(Activation activation, Mailbox mailbox, Exception? failure)
    {
        var left = mailbox.Close();
        if (failure is null && left.Count > 0 && !_stopping)
        {
            // Reachable only once it holds what came before, and started only once it's reachable.
            var successor = activation.SucceededBy(left);
            _activations[activation.GrainId] = successor;
            successor.EnsureStarted();
            return;
        }

        _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));
        foreach (var request in left)
            request.Fail(failure ?? new SiloUnavailableException($"The silo stopped before {activation.GrainId} came to this call."));
    }

    /// <summary>Deactivates what has been idle for this long; completes when it's gone.</summary>
    public Task CollectAsync(TimeSpan idle) => Task.WhenAll(_activations.Values
        .Where(activation => activation.IsCollectable(idle))
        .Select(activation => TakeDown(activation, DeactivationReasonCode.ActivationIdle, CancellationToken.None)));

    public Task DeactivateAsync(GrainId id) => _activations.TryGetValue(id, out var activation)
        ? TakeDown(activation, DeactivationReasonCode.ApplicationRequested, CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>Refuses new activations and takes all down; the token cuts running calls short.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        while (!_activations.IsEmpty)
        {
            await Task.WhenAll(_activations.Values.Select(
                activation => TakeDown(activation, DeactivationReasonCode.ShuttingDown, cancellationToken)));
        }
    }

    public void Dispose() => Timeouts.Dispose();

    private static Task TakeDown(Activation activation, DeactivationReasonCode code, CancellationToken cancellationToken)
    {
        activation.Deactivate(new DeactivationReason(code, $"{code} by the silo."), cancellationToken);
        return activation.Deactivated;
    }

    private Activation? FindOrAdd(GrainId target)
    {
        if (_activations.TryGetValue(target, out var known))
            return known;
        return _stopping
            ? null
            : _activations.GetOrAdd(
                target, static (id, silo) => new Activation(silo.Self, silo.Classes.Named(id.Type), id), (Self: this, Classes: classes));
    }
}
