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
    private Task _urgentWaits = Task.CompletedTask;
    private Task _logsWait = Task.CompletedTask;

    public ValueTask SendAsync(ConnectRequest message, CancellationToken cancellationToken) =>
        _urgent.Writer.WriteAsync(message, cancellationToken);

    public ValueTask SendLogAsync(LogChunk chunk, CancellationToken cancellationToken) =>
        _logs.Writer.WriteAsync(new() { LogChunk = chunk }, cancellationToken);

    /// <summary>The next message; one reader at a time. What it waited for is kept: an empty queue is met after most messages.</summary>
    public async ValueTask<ConnectRequest> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_urgent.Reader.TryRead(out var message) || _logs.Reader.TryRead(out message))
                return message;
            if (_urgentWaits.IsCompleted) _urgentWaits = _urgent.Reader.WaitToReadAsync(cancellationToken).AsTask();
            if (_logsWait.IsCompleted) _logsWait = _logs.Reader.WaitToReadAsync(cancellationToken).AsTask();
            await await Task.WhenAny(_urgentWaits, _logsWait);
        }
    }
}
