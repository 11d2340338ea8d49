using GpuScheduler.Core.Config;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Scores;

/// <summary>What sets the job being placed apart from others with the same request.</summary>
/// <param name="Job">The job; null: no particular job, which sees what is kept for others as free.</param>
/// <param name="Facts">What its family showed; null: nothing is known.</param>
/// <param name="Last">Where its last attempt ran, if it left a checkpoint; empty: nowhere.</param>
internal readonly record struct Asker(Job? Job, FamilyFacts? Facts, IReadOnlyList<NodeShare> Last)
{
    /// <summary>No particular job.</summary>
    public static Asker Anybody { get; } = new(null, null, []);

    public static Asker Of(Job job, FamilyFacts? facts) =>
        new(job, facts, job.Checkpoints.Count > 0 && job.Attempt is { } last ? last.Allocation.Nodes : []);

    /// <summary>Points for what it left on a machine.</summary>
    public long PointsOn(NodeSlot slot, ScoreConfig weights) => WasOn(slot.Node.Id) ? Points.Of(weights.Cache, 1) : 0;

    /// <summary>True where its checkpoint, and what else it left, lies on the machine's own disk.</summary>
    public bool WasOn(NodeId node)
    {
        for (var i = 0; i < Last.Count; i++)
        {
            if (Last[i].Node == node) return true;
        }

        return false;
    }
}
