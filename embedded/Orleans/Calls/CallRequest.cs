using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>A call whose caller awaits an answer.</summary>
/// <remarks>The answer's continuations never run on the grain's thread: the caller goes on where it awaited.</remarks>
internal sealed class CallRequest<TResult>(GrainMethod method, CallShape<TResult> shape, object?[] arguments, GrainId target)
    : Request, IAwaitedCall
{
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;
    private Exception? _failure;
    private ResponseTimeouts? _timeouts;
    private LinkedListNode<PendingCall>? _pending;
    private CancellationTokenRegistration _cancellation;

    public override bool Interleaves => method.Interleaves;

    public override bool ReadOnly => method.ReadOnly;

    public override bool IsAbandoned => _answer.Task.IsCompleted;

    public Task<TResult> Promise => _answer.Task;

    public string Description => $"{method.Name} on {target}";

    /// <summary>From here on the call can end by time-out or cancellation, even if it never reaches its target.</summary>
    public void Watch(ResponseTimeouts timeouts)
    {
        _timeouts = timeouts;
        _pending = timeouts.Track(this);
        var token = method.CancellationOf(arguments);
        if (token.CanBeCanceled)
            _cancellation = token.UnsafeRegister(static (call, token) => ((CallRequest<TResult>)call!).Cancel(token), this);
    }

    public override async Task RunAsync(object target)
    {
        try
        {
            _result = await shape.ResultOf(method.Invoke(target, arguments));
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }

    public override void Answer()
    {
        if (_failure is not null)
            Fail(_failure);
        else if (_answer.TrySetResult(_result!))
            StopWatching();
    }

    public override void Fail(Exception exception)
    {
        if (_answer.TrySetException(exception))
            StopWatching();
    }

    private void Cancel(CancellationToken token)
    {
        if (_answer.TrySetCanceled(token))
            StopWatching();
    }

    private void StopWatching()
    {
        _timeouts?.Forget(_pending);
        // Unregister, not Dispose: this may run inside the very callback that Dispose would wait for.
        _cancellation.Unregister();
    }
}
