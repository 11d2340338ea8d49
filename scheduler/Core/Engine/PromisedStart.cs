using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>Room that is kept for a waiting job. No job behind it in the order can make it start later.</summary>
/// <param name="Nodes">Where: one node, or a gang's, all at the same moment.</param>
/// <param name="At">When at the latest, by the time limits of what runs there; null: something there has none.</param>
/// <param name="After">Jobs that must end first, in the order in which they are expected to.</param>
public sealed record PromisedStart(IReadOnlyList<NodeId> Nodes, DateTimeOffset? At, IReadOnlyList<JobId> After)
{
    /// <summary>When it is expected if those without limits take no longer than earlier runs: an estimate, unless it is <see cref="At"/>.
    /// Null: it is not known.</summary>
    public DateTimeOffset? Expected { get; init; }
}
