using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;

namespace GpuScheduler.Grains.Messages;

/// <summary>Whether a worker may take part. Exactly one of the first three and <see cref="OtherStore"/> is set.</summary>
/// <param name="Accepted">The node takes part; reports up to its number are durable.</param>
/// <param name="Rejected">The announcement is wrong: coming back with the same one is useless.</param>
/// <param name="Refusal">Not now; the worker may come back.</param>
/// <param name="Leases">How long silence is tolerated.</param>
[GenerateSerializer, Immutable, Alias("gpusched.SessionAnswer")]
public sealed record SessionAnswer(
    PoolReply.NodeAccepted? Accepted, PoolReply.Rejected? Rejected, string? Refusal, LeaseConfig Leases)
{
    /// <summary>The worker serves another store's folder: it must change to this one's and come again.</summary>
    [Id(4)]
    public PoolReply.OtherStore? OtherStore { get; init; }
}
