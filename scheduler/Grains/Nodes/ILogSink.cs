using GpuScheduler.Grains.Messages;
using Orleans.Concurrency;

namespace GpuScheduler.Grains.Nodes;

/// <summary>Where a log's parts go. Keeps a bounded amount; what is too much it asks for again later.</summary>
[Alias("gpusched.ILogSink")]
public interface ILogSink : IGrainObserver
{
    /// <summary>Takes a part, at once.</summary>
    [OneWay, Alias("Take")]
    Task Take(LogPart part);
}
