using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The requests of a streaming call. Only what a handler reads is taken from the connection.</summary>
internal sealed class ServerStreamReader<T>(HttpServerCallContext call, Marshaller<T> marshaller) : IAsyncStreamReader<T>
    where T : class
{
    private T? _current;
    private int _busy;

    public T Current => _current ?? throw new InvalidOperationException("No message: MoveNext must have brought one.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            throw new InvalidOperationException("Can't read the next message because the previous read is still in progress.");
        try
        {
            using var linked = cancellationToken.CanBeCanceled && cancellationToken != call.CancellationToken
                ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.CancellationToken)
                : null;
            _current = await call.Messages.ReadAsync(marshaller, linked?.Token ?? call.CancellationToken);
            return _current is not null;
        }
        catch (Exception ex) when (call.LosesConnection(ex))
        {
            throw;
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }
}
