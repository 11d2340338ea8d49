using GpuScheduler.Grains.Messages;
using Orleans.Concurrency;

namespace GpuScheduler.Grains.Nodes;

/// <summary>The scheduler's end of a connection to a worker. Every call only queues: the node waits for no connection.</summary>
[Alias("gpusched.IWorkerSession")]
public interface IWorkerSession : IGrainObserver
{
    /// <summary>Sends orders in the order given.</summary>
    [OneWay, Alias("Carry")]
    Task Carry(NodeOrders orders);

    /// <summary>Asks for a log; its parts go to <paramref name="sink"/>.</summary>
    [OneWay, Alias("ReadLog")]
    Task ReadLog(LogRead read, ILogSink sink);

    /// <summary>Ends a <see cref="ReadLog"/>.</summary>
    [OneWay, Alias("StopLog")]
    Task StopLog(string requestId);

    /// <summary>Ends the connection.</summary>
    [OneWay, Alias("End")]
    Task End(SessionEnd cause);

    /// <summary>Returns when all that was said before has been taken: calls are taken in their order.</summary>
    [Alias("Taken")]
    Task Taken();
}
