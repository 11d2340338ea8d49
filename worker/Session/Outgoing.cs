using System.Threading.Channels;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Session;

/// <summary>
/// What waits to be written to the stream. Reports and heartbeats go before log chunks, and of both only a few may wait:
/// a caller that adds more waits as well, so that neither a slow network nor a talkative job fills the memory.
/// </summary>
internal sealed class Outgoing
{
    private readonly Channel<ConnectRequest> _urgent = Channel.CreateBounded<ConnectRequest>(256);
    private readonly Channel<ConnectRequest> _logs = Channel.CreateBounded<ConnectRequest>(8);

    public ValueTask SendAsync(ConnectRequest message, CancellationToken cancellationToken) =>
        _urgent.Writer.WriteAsync(message, cancellationToken);

    public ValueTask SendLogAsync(LogChunk chunk, CancellationToken cancellationToken) =>
        _logs.Writer.WriteAsync(new() { LogChunk = chunk }, cancellationToken);

    public async ValueTask<ConnectRequest> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_urgent.Reader.TryRead(out var message) || _logs.Reader.TryRead(out message))
                return message;
            using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(
                _urgent.Reader.WaitToReadAsync(wake.Token).AsTask(), _logs.Reader.WaitToReadAsync(wake.Token).AsTask());
            await wake.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
