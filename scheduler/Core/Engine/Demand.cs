using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>How much of the pool's cards a request takes, whichever they are.</summary>
internal static class Demand
{
    /// <summary>Thousandths of a card.</summary>
    /// <param name="count">Cards on each node.</param>
    /// <param name="request">The request.</param>
    public static int Milli(int count, ResourceRequest request) =>
        request.Gpu is { } gpu ? count * request.NodeCount * (gpu.Share?.Milli ?? DeviceShare.Whole) : 0;
}
