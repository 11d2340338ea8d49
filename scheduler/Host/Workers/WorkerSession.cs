using System.Collections.Concurrent;
using System.Threading.Channels;
using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Workers;

/// <summary>
/// One connection to a worker: what the node grain says goes into a bounded outbox, from which the stream is written. A worker
/// that doesn't read loses its connection, and gets what it missed when it announces itself anew.
/// </summary>
/// <param name="id">Names the session in the pool.</param>
/// <param name="position">How far the store is durable, told with each message.</param>
/// <param name="readText">Reads a long script from the store by its hash; null: no job refers to it.</param>
public sealed class WorkerSession(
    string id, StorePosition position, Func<string, CancellationToken, Task<string?>> readText) : IWorkerSession
{
    private const int OutboxCapacity = 10_000;

    /// <summary>Messages that go out as one burst: each may hold a script of megabytes.</summary>
    private const int MostTogether = 32;

    private static readonly WriteOptions s_withNext = new(WriteFlags.BufferHint);
    private static readonly WriteOptions s_atOnce = new();

    private readonly Channel<Outgoing> _outbox = Channel.CreateBounded<Outgoing>(OutboxCapacity);
    private readonly ConcurrentDictionary<string, ILogSink> _logs = new();
    private readonly TaskCompletionSource<RpcException> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Names the session in the pool.</summary>
    public string Id { get; } = id;

    /// <summary>Ends with what the worker is told when the scheduler ends the session.</summary>
    public Task<RpcException> Ended => _ended.Task;

    public Task Carry(NodeOrders orders)
    {
        for (var i = 0; i < orders.Effects.Length; i++) Carry(orders.Effects[i], orders.Traces?[i]);
        return Task.CompletedTask;
    }

    public Task ReadLog(LogRead read, ILogSink sink)
    {
        _logs[read.RequestId] = sink;
        Send(OrderMapper.ToWire(read));
        return Task.CompletedTask;
    }

    public Task StopLog(string requestId)
    {
        if (_logs.TryRemove(requestId, out _)) Send(new ConnectResponse { StopLog = new StopLog { RequestId = requestId } });
        return Task.CompletedTask;
    }

    public Task End(SessionEnd cause)
    {
        _ended.TrySetResult(Reason(cause));
        return Task.CompletedTask;
    }

    public Task Taken() => Task.CompletedTask;

    private void Carry(PoolEffect effect, string? trace)
    {
        var message = OrderMapper.ToWire(effect);
        if (trace is not null) message.Dispatch.Traceparent = trace;
        Send(new Outgoing(message, (effect as PoolEffect.Dispatch)?.Order.Spec.Draft.KeptScript?.Hash));
    }

    /// <summary>Queues a message; a worker that left ten thousand unread loses the session.</summary>
    public void Send(ConnectResponse message) => Send(new Outgoing(message, null));

    private void Send(Outgoing message)
    {
        message.Message.Commit = position.Now.Commit;
        if (!_outbox.Writer.TryWrite(message))
            _ended.TrySetResult(new RpcException(new Status(StatusCode.ResourceExhausted, "the worker reads too slowly; connect again")));
    }

    /// <summary>Writes the outbox to the stream until cancelled. What waits goes out in bursts, in as few packets as it fits.</summary>
    public async Task WriteTo(IServerStreamWriter<ConnectResponse> stream, CancellationToken cancellationToken)
    {
        var together = 0;
        await foreach (var (message, script) in _outbox.Reader.ReadAllAsync(cancellationToken))
        {
            // Only now: thousands of dispatches that wait here must not hold a script each.
            if (script is not null) RawSpec.SetScript(message.Dispatch.Spec, await readText(script, cancellationToken) ?? "");
            together = script is null && together < MostTogether && _outbox.Reader.TryPeek(out _) ? together + 1 : 0;
            stream.WriteOptions = together > 0 ? s_withNext : s_atOnce;
            await stream.WriteAsync(message, cancellationToken);
        }
    }

    /// <summary>Hands a part of a log on; parts that no reader waits for any more are dropped.</summary>
    public async Task Take(LogChunk chunk)
    {
        if (!_logs.TryGetValue(chunk.RequestId, out var sink)) return;
        if (chunk.End || chunk.Error.Length > 0) _logs.TryRemove(chunk.RequestId, out _);
        await sink.Take(new LogPart(
            chunk.RequestId, chunk.Data.Memory, chunk.Offset, chunk.End, chunk.Error, Remark: chunk.Remark));
    }

    /// <summary>Tells every reader of a log here that it stops.</summary>
    public async Task EndLogs(string why)
    {
        foreach (var (requestId, sink) in _logs) await sink.Take(new LogPart(requestId, default, 0, true, why, NodeLeft: true));
        _logs.Clear();
    }

    /// <summary>A message, and the hash of the script that it still lacks.</summary>
    private sealed record Outgoing(ConnectResponse Message, string? Script);

    private static RpcException Reason(SessionEnd cause) => cause switch
    {
        SessionEnd.Replaced => new(new Status(StatusCode.Aborted, "a newer session of this node has begun")),
        SessionEnd.Silent => new(new Status(StatusCode.Aborted, "no heartbeat arrived in time; connect again")),
        SessionEnd.Rejoin => new(new Status(StatusCode.Aborted, "the scheduler has read its state anew; connect again")),
    };
}
