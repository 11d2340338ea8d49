using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// The responses of a streaming call. A write ends when the transport has room for more: a slow reader slows the handler.
/// </summary>
internal sealed class ServerStreamWriter<T>(HttpServerCallContext call, Marshaller<T> marshaller) : IServerStreamWriter<T>
    where T : class
{
    private int _busy;

    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
        try
        {
            var flush = (WriteOptions?.Flags & WriteFlags.BufferHint) is null or 0;
            await call.WriteAsync(marshaller, message, flush, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }
}
