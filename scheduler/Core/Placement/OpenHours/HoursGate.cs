using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.OpenHours;

/// <summary>Keeps a job from nodes that close before it could be gone.</summary>
internal static class HoursGate
{
    /// <summary>With another gate, where there is one; null: all is open to the job.</summary>
    public static Gate? For(PoolMap map, JobSpec spec, Gate? others = null)
    {
        if (!map.HasHours) return others;
        return (slot, cards, count, part) => slot.Lets(spec, map.Now) && (others is null || others(slot, cards, count, part));
    }
}
