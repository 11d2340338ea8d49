using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Phases;

/// <summary>
/// Tier by tier, always the first job of all lanes whose kind of request may still fit. What can't be placed closes its lane for
/// this cycle, as room only shrinks while a cycle runs. The first of a tier that can't be placed are promised a node; those behind
/// them may take only what can't make that start later.
/// </summary>
internal static class PlacePhase
{
    /// <summary>Far more than ever needed: a further pass follows only where a promise was dropped during the one before.</summary>
    private const int MostPasses = 8;

    public static void Run(Turn turn)
    {
        turn.State.Contenders.Sync(turn.State.Room.Ready);
        for (var pass = 0; pass < MostPasses && Pass(turn); pass++)
        {
        }
    }

    /// <summary>True when something that was kept for somebody is kept no longer.</summary>
    private static bool Pass(Turn turn)
    {
        var (contenders, promises) = (turn.State.Contenders, turn.State.Promises);
        promises.BeginPass();
        for (var tier = 0; tier < contenders.Tiers; tier++)
        {
            var depth = turn.Config.Backfill.Depth;
            contenders.Line(tier, turn.State.Map.FreedVersion, promises);
            while (contenders.Next() is { } contender)
            {
                if (!Serve(turn, contender) && depth > 0 && Promise(turn, contender)) depth--;
            }
        }

        if (!promises.EndPass()) return false;
        turn.State.Map.NoteUnreserved();
        return true;
    }

    /// <summary>False when the lane's first has no room.</summary>
    private static bool Serve(Turn turn, Contender contender)
    {
        var (map, promises) = (turn.State.Map, turn.State.Promises);
        var job = contender.Lane.First!;
        if (contender.IsClosedTo(job, map.FreedVersion)) return false;
        var gate = promises.GateFor(job, turn.Config.Backfill.Patience, turn.Now);
        if (Placer.Find(map, contender.Query, NodeToAvoid(job), gate) is not { } allocation)
        {
            contender.Close(job, map.FreedVersion);
            return false;
        }

        Granting.Grant(turn, job, allocation);
        if (contender.Promise is { } promise && promise.Job == job) promises.Keep(promise, allocation);
        foreach (var share in allocation.Nodes) promises.Recount(map.Find(share.Node)!, turn.Now);
        turn.State.Contenders.LineAgain(contender);
        return true;
    }

    /// <summary>True when the lane's first is one of those that count towards the depth.</summary>
    private static bool Promise(Turn turn, Contender contender)
    {
        var (map, job) = (turn.State.Map, contender.Lane.First!);
        if (contender.HopelessAt == map.ShapeVersion) return false;
        var impatient = turn.Now - RequestClass.EligibleSince(job) >= turn.Config.Backfill.Patience;
        var promise = turn.State.Promises.Make(map, contender.Query, job, contender.Promise, impatient, turn.Now, out var candidates);
        if (promise is not null) contender.Promise = promise;
        if (candidates == 0) contender.HopelessAt = map.ShapeVersion;
        return promise is not null;
    }

    /// <summary>Where its last launch failed: the node's fault, so it tries elsewhere as long as another one fits.</summary>
    private static NodeId? NodeToAvoid(Job job) =>
        job.Attempt is { EndCause: EndCause.LaunchFailed } failed ? failed.Allocation.Head.Node : null;
}
