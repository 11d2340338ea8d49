using System.Collections.Concurrent;
using System.Threading.Channels;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;

namespace GpuScheduler.Grains.Tests.Harness;

/// <summary>A worker's session without a worker: notes what it is told, and says what the test wants.</summary>
public sealed class FakeWorker(PoolUnderTest pool, IGrainFactory grains, string node) : IWorkerSession
{
    /// <summary>Long enough for a loaded machine; a test that waits this long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int _sessions;

    private readonly Channel<PoolEffect> _orders = Channel.CreateUnbounded<PoolEffect>();
    private readonly TaskCompletionSource<SessionEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Session { get; } = $"s{Interlocked.Increment(ref _sessions)}";

    public INodeGrain Grain => pool.Node(node);

    /// <summary>Why the session was ended.</summary>
    public Task<SessionEnd> Ended => _ended.Task.WaitAsync(Patience);

    public bool HasOrders => _orders.Reader.TryPeek(out _);

    /// <summary>What each order was said to belong to.</summary>
    public ConcurrentQueue<string?> Traces { get; } = new();

    public async Task<SessionAnswer> Open(params HeldAttempt[] held)
    {
        var device = new AnnouncedDevice($"GPU-{node}", "NVIDIA A100-SXM4-80GB", 81_920, null);
        var inventory = new NodeInventory(8, 65_536, 2, [device]);
        var joined = new PoolInput.NodeJoined(new NodeId(node), Session, "boot-1", "1.0", inventory, held);
        return await Grain.Open(joined, grains.CreateObjectReference<IWorkerSession>(this));
    }

    public Task Heartbeat() => Grain.Heartbeat(Session);

    public Task Report(long sequence, AttemptId attempt, AttemptEvent what) => Report((sequence, attempt, what));

    /// <summary>Several reports in one call.</summary>
    public Task Report(params (long Sequence, AttemptId Attempt, AttemptEvent What)[] reports) => Grain.Report(Session, new PoolCall(
        [.. reports.Select(one => new PoolInput.Reported(new NodeId(node), one.Sequence, one.Attempt, pool.Clock.GetUtcNow(), one.What))]));

    /// <summary>The next order, which must be of this kind.</summary>
    public async Task<TEffect> Next<TEffect>()
        where TEffect : PoolEffect =>
        Assert.IsType<TEffect>(await _orders.Reader.ReadAsync().AsTask().WaitAsync(Patience));

    public Task Carry(NodeOrders orders)
    {
        foreach (var trace in orders.Traces ?? new string?[orders.Effects.Length]) Traces.Enqueue(trace);
        foreach (var effect in orders.Effects) _orders.Writer.TryWrite(effect);
        return Task.CompletedTask;
    }

    public Task End(SessionEnd cause)
    {
        _ended.TrySetResult(cause);
        return Task.CompletedTask;
    }

    public Task ReadLog(LogRead read, ILogSink sink) => sink.Take(new LogPart(read.RequestId, "said\n"u8.ToArray(), read.Offset, true, ""));

    public Task StopLog(string requestId) => Task.CompletedTask;

    public Task Taken() => Task.CompletedTask;
}
