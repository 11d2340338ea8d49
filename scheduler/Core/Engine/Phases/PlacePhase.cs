using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Phases;

/// <summary>
/// Tier by tier, always the first job of all lanes whose kind of request may still fit. What can't be placed closes its lane for
/// this cycle, as room only shrinks while a cycle runs; it never stands in the way of other lanes.
/// </summary>
internal static class PlacePhase
{
    public static void Run(Turn turn)
    {
        var contenders = turn.State.Contenders;
        contenders.Sync(turn.State.Room.Ready);
        for (var tier = 0; tier < contenders.Tiers; tier++)
        {
            contenders.Line(tier, turn.State.Map.FreedVersion);
            while (contenders.Next() is { } contender) Serve(turn, contender);
        }
    }

    private static void Serve(Turn turn, Contender contender)
    {
        var map = turn.State.Map;
        var job = contender.Lane.First!;
        if (Placer.Find(map, contender.Query, NodeToAvoid(job)) is { } allocation)
        {
            Granting.Grant(turn, job, allocation);
            turn.State.Contenders.LineAgain(contender);
        }
        else
        {
            contender.ClosedAt = map.FreedVersion;
        }
    }

    /// <summary>Where its last launch failed: the node's fault, so it tries elsewhere as long as another one fits.</summary>
    private static NodeId? NodeToAvoid(Job job) =>
        job.Attempt is { EndCause: EndCause.LaunchFailed } failed ? failed.Allocation.Node : null;
}
