using Grpc.Core;

namespace GpuScheduler.Embedded.Grpc.Tests.Testing;

/// <summary>What tests wait for instead of sleeping: a call has come, its token was cancelled, its handler has ended.</summary>
public sealed class EchoProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource<ServerCallContext> _started = New<ServerCallContext>();
    private readonly TaskCompletionSource<bool> _cancelled = New<bool>();
    private readonly TaskCompletionSource<bool> _ended = New<bool>();
    private readonly TaskCompletionSource<bool> _released = New<bool>();
    private int _written;

    public int MessagesWritten => Volatile.Read(ref _written);

    public Task<ServerCallContext> StartedAsync() => _started.Task.WaitAsync(Patience);

    public Task CancelledAsync() => _cancelled.Task.WaitAsync(Patience);

    public Task EndedAsync() => _ended.Task.WaitAsync(Patience);

    public Task ReleasedAsync() => _released.Task.WaitAsync(Patience);

    public void Release() => _released.TrySetResult(true);

    public void Seen(ServerCallContext context) => _started.TrySetResult(context);

    public void Written(int number) => Volatile.Write(ref _written, number);

    public IDisposable Watch(ServerCallContext context)
    {
        Seen(context);
        context.CancellationToken.Register(() => _cancelled.TrySetResult(true));
        return new Ending(this);
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Ending(EchoProbe probe) : IDisposable
    {
        public void Dispose() => probe._ended.TrySetResult(true);
    }
}
