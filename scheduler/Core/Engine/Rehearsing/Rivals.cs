using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>Jobs that may be served before another one.</summary>
internal static class Rivals
{
    /// <summary>Those ready in the same tier and in tiers served earlier: of each line the first, up to a number in all.</summary>
    /// <param name="state">The pool.</param>
    /// <param name="job">Whose rivals; itself left out.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="all">False: there are more.</param>
    public static IReadOnlyList<Job> Of(PoolState state, Job job, int most, out bool all)
    {
        var tier = state.Room.Ready.TierOf(job.Spec).Index;
        var lanes = state.Room.Ready.Classes.Where(one => one.Tier <= tier).SelectMany(one => one.Lanes).Where(lane => lane.Count > 0)
            .ToList();
        var share = lanes.Count == 0 ? most : Math.Max(1, most / lanes.Count);
        all = lanes.TrueForAll(lane => lane.Count <= share);
        return [.. lanes.SelectMany(lane => lane.Jobs.Take(share)).Where(other => other != job).Take(most)];
    }
}
