using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>The responses of a streaming call.</summary>
internal sealed class ClientStreamReader<TRequest, TResponse>(HttpCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private TResponse? _current;
    private int _busy;

    public TResponse Current => _current ?? throw new InvalidOperationException("No message: MoveNext must have brought one.");

    /// <summary>Cancelling a read cancels the call: what was underway in the stream can't be taken back.</summary>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            throw new InvalidOperationException("Can't read the next message because the previous read is still in progress.");
        try
        {
            using var registration = cancellationToken.UnsafeRegister(
                static call => ((HttpCall)call!).Cancel(new Status(StatusCode.Cancelled, "Call canceled by the client.")), call);
            _current = await call.ReadAsync();
            return _current is not null;
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }
}
