using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Timers;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>One live instance of a grain: its mailbox, its scheduler, and its way from the first call to the last.</summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Lock _gate = new();
    private readonly Silo _silo;
    private readonly GrainClass _class;
    private readonly Mailbox _mailbox;
    private readonly ActivationScheduler _scheduler;
    private readonly ActivationTimers _timers = new();
    private readonly TaskCompletionSource<DeactivationReason> _goingDown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AsyncServiceScope? _services;
    private CancellationToken _cutShort;
    private long _lastUse;
    private TimeSpan _shieldedFor;
    private int _started;

    public Activation(Silo silo, GrainClass grainClass, GrainId id)
    {
        _silo = silo;
        _class = grainClass;
        GrainId = id;
        _scheduler = new ActivationScheduler(this);
        _mailbox = new Mailbox(_scheduler, grainClass.Reentrant);
        _lastUse = silo.Clocks.Activations.GetTimestamp();
    }

    /// <summary>The activation whose code runs now; null outside of grains.</summary>
    public static Activation? Current => ActivationScheduler.RunningActivation;

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    public IServiceProvider ActivationServices =>
        _services?.ServiceProvider ?? throw new InvalidOperationException($"{GrainId} is not activated.");

    public Task Deactivated => _deactivated.Task;

    public ICallRoute Route => _silo;

    /// <summary>Takes a request; false when this activation is gone and the next one has to take it.</summary>
    public bool Post(Request request)
    {
        if (request.KeepsAlive)
            Volatile.Write(ref _lastUse, _silo.Clocks.Activations.GetTimestamp());
        if (!_mailbox.Post(request))
            return false;
        EnsureStarted();
        return true;
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_goingDown.Task.IsCompleted)
                return;
            _cutShort = cancellationToken;
            _ = _mailbox.Seal();
            _goingDown.SetResult(deactivationReason);
        }

        EnsureStarted();
    }

    public IGrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) =>
        _timers.Start(new GrainTimer(this, _timers, callback, options, _silo.Clocks.Timers, _silo.Log), options);

    public void DelayDeactivation(TimeSpan span)
    {
        Volatile.Write(ref _lastUse, _silo.Clocks.Activations.GetTimestamp());
        _shieldedFor = span > TimeSpan.Zero ? span : TimeSpan.Zero;
    }

    /// <summary>Nothing runs here, nothing has for this long, and the class doesn't ask to be kept.</summary>
    public bool IsCollectable(TimeSpan idle)
    {
        var unused = _silo.Clocks.Activations.GetElapsedTime(Volatile.Read(ref _lastUse));
        return !_class.KeepAlive && _mailbox.IsIdle && unused >= idle && unused >= _shieldedFor;
    }

    /// <summary>The next activation of this grain, not started yet, with the requests that this one never came to.</summary>
    public Activation SucceededBy(IReadOnlyList<Request> requests)
    {
        var successor = new Activation(_silo, _class, GrainId);
        foreach (var request in requests)
            successor._mailbox.Post(request);
        return successor;
    }

    public void EnsureStarted()
    {
        if (Volatile.Read(ref _started) != 0 || Interlocked.Exchange(ref _started, 1) != 0)
            return;
        var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        new Task(static self => _ = ((Activation)self!).LiveAsync(), this).Start(_scheduler);
        flow?.Undo();
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"{_class.Type.Name} {GrainId}";

    /// <summary>The whole life, on the activation's own scheduler: activate, serve, drain, deactivate, hand over.</summary>
    private async Task LiveAsync()
    {
        var failure = await TryActivateAsync();
        if (failure is null)
        {
            _mailbox.Open(GrainInstance!);
            await DeactivateAsync(await _goingDown.Task);
        }

        _timers.End();
        await DisposeInstanceAsync();
        _silo.Retire(this, _mailbox, failure);
        _deactivated.SetResult();
    }

    private async Task<Exception?> TryActivateAsync()
    {
        using var deadline = new CancellationTokenSource(_silo.Collection.ActivationTimeout, _silo.Clocks.Activations);
        try
        {
            _services = _silo.Services.CreateAsyncScope();
            GrainInstance = _class.Construct(ActivationServices);
            if (GrainInstance is IGrainBase grain)
                await grain.OnActivateAsync(deadline.Token).WaitAsync(deadline.Token);
            return null;
        }
        catch (Exception exception)
        {
            LogActivationFailed(_silo.Log, exception, GrainId);
            return deadline.IsCancellationRequested
                ? new TimeoutException($"{GrainId} was not activated within {_silo.Collection.ActivationTimeout}.", exception)
                : exception;
        }
    }

    private async Task DeactivateAsync(DeactivationReason reason)
    {
        using var deadline = new CancellationTokenSource(_silo.Collection.DeactivationTimeout, _silo.Clocks.Activations);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _cutShort);
        try
        {
            await _mailbox.Seal().WaitAsync(ending.Token);
        }
        catch (OperationCanceledException)
        {
            LogCallsOutlasted(_silo.Log, GrainId, reason.ReasonCode);
        }

        _timers.End();
        try
        {
            if (GrainInstance is IGrainBase grain)
                await grain.OnDeactivateAsync(reason, ending.Token).WaitAsync(ending.Token);
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(_silo.Log, exception, GrainId, reason.ReasonCode);
        }
    }

    private async Task DisposeInstanceAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else if (GrainInstance is IDisposable disposable)
                disposable.Dispose();
            if (_services is { } services)
                await services.DisposeAsync();
        }
        catch (Exception exception)
        {
            LogDisposalFailed(_silo.Log, exception, GrainId);
        }

        GrainInstance = null;
    }
}
