using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Leases;

/// <summary>How long a silent node keeps its attempts.</summary>
internal static class LeaseClock
{
    /// <summary>When the node's attempts count as lost; null while it is connected.</summary>
    public static DateTimeOffset? ExpiresAt(Node node, LeaseConfig config) => node.SilentSince + config.Lease;

    /// <summary>True once the node's attempts count as lost.</summary>
    public static bool HasExpired(Node node, LeaseConfig config, DateTimeOffset now) => ExpiresAt(node, config) <= now;
}
