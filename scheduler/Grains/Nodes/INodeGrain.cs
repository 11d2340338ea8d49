using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Messages;
using Orleans.Concurrency;

namespace GpuScheduler.Grains.Nodes;

/// <summary>One machine, named by its key: holds its worker's session and tells the pool only what changed.</summary>
[Alias("gpusched.INodeGrain")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>A worker announces itself. Once it is accepted, an older session of the node is ended; one that is refused leaves the
    /// older session as it is.</summary>
    /// <param name="joined">The announcement; names the session.</param>
    /// <param name="worker">Hears what the worker shall do; its calls may begin before this one returns.</param>
    [Alias("Open")]
    Task<SessionAnswer> Open([Immutable] PoolInput.NodeJoined joined, IWorkerSession worker);

    /// <summary>The worker lives. False: this session is not the node's any more.</summary>
    [AlwaysInterleave, Alias("Heartbeat")]
    Task<bool> Heartbeat(string session);

    /// <summary>Takes reports and returns when they are durable, or refused (they come again in the next session).</summary>
    [AlwaysInterleave, Alias("Report")]
    Task Report(string session, PoolCall reports);

    /// <summary>What the sensors of the node's cards say. The pool hears of it only where it has changed noticeably.</summary>
    [AlwaysInterleave, Alias("Read")]
    Task Read(string session, [Immutable] CardReading[] readings);

    /// <summary>What the worker keeps for other stores has changed.</summary>
    [AlwaysInterleave, Alias("Keep")]
    Task Keep(string session, [Immutable] KeptStore[] kept);

    /// <summary>The worker ends its attempts and then stops.</summary>
    [AlwaysInterleave, Alias("Stopping")]
    Task Stopping(string session);

    /// <summary>The session's connection is gone.</summary>
    /// <param name="session">Which.</param>
    /// <param name="why">Why, in words.</param>
    /// <param name="isStop">Scheduler or worker stop, as they were told to: nothing is wrong with the node.</param>
    [AlwaysInterleave, Alias("Close")]
    Task Close(string session, string why, bool isStop);

    /// <summary>From the pool: what the worker shall do. Dropped without a session: the engine sends it again on joining.</summary>
    [AlwaysInterleave, OneWay, Alias("Carry")]
    Task Carry(NodeOrders orders);

    /// <summary>From the pool: sessions that an older epoch accepted must announce themselves anew.</summary>
    [AlwaysInterleave, OneWay, Alias("Rejoin")]
    Task Rejoin(long epoch);

    /// <summary>Reads an attempt's output into <paramref name="sink"/>. False: no worker is connected.</summary>
    [AlwaysInterleave, Alias("ReadLog")]
    Task<bool> ReadLog(LogRead read, ILogSink sink);

    /// <summary>The reader has gone.</summary>
    [AlwaysInterleave, OneWay, Alias("StopLog")]
    Task StopLog(string requestId);
}
