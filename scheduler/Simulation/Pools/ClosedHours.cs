using GpuScheduler.Core.Calendars;
using GpuScheduler.Core.Config;

namespace GpuScheduler.Simulation.Pools;

/// <summary>When machines are closed by their hours, in seconds of a replay.</summary>
internal static class ClosedHours
{
    /// <param name="start">The date at 0 s.</param>
    /// <param name="until">s.</param>
    public static IEnumerable<Spell> Of(PoolConfig config, IReadOnlyList<SimulatedNode> nodes, DateTimeOffset start, double until)
    {
        if (until <= 0)
            yield break;

        foreach (var node in nodes)
        {
            if (NodeCalendar.Of(config, node.Id.Name, node.Inventory.Labels) is not { } hours)
                continue;

            foreach (var closed in hours.Closed(start, start.AddSeconds(until)))
                yield return new(
                    node.Id.Name, "", (closed.Start - start).TotalSeconds, (closed.End!.Value - start).TotalSeconds, IsClosed: true);
        }
    }
}
