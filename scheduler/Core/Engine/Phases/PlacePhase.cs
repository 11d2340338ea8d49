using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.OpenHours;
using GpuScheduler.Core.Placement.Scores;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Quotas;

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
        turn.State.Promises.BeginCycle(turn.Now);
        for (var pass = 1; Pass(turn) && pass < MostPasses; pass++) turn.State.Promises.BeginNextPass(turn.Now);
    }

    /// <summary>True when something that was kept for somebody is kept no longer.</summary>
    private static bool Pass(Turn turn)
    {
        var (contenders, promises) = (turn.State.Contenders, turn.State.Promises);
        for (var tier = 0; tier < contenders.Tiers; tier++)
        {
            var (depth, looks) = (turn.Config.Backfill.Depth, turn.Config.Preemption.Depth);
            contenders.Line(tier, turn.State.Map.FreedVersion, promises, turn.State.Rounds.Policy.Strict);
            while (contenders.Next() is { } contender)
            {
                if (Serve(turn, contender) != Served.NoRoom) continue;
                if (Preempting.TryFor(turn, contender, contender.Lane.First!, ref looks) || (depth > 0 && Promise(turn, contender)))
                    depth--;
                if (turn.State.Rounds.Policy.Strict && Blocks(turn, contender)) break;
                BehindFirst.Serve(turn, contender, ref looks);
            }
        }

        if (!promises.EndPass()) return false;
        turn.State.Map.NoteUnreserved();
        return true;
    }

    /// <summary>False when no node that is up could hold it: in a strict line, too, such a job keeps no other waiting.</summary>
    private static bool Blocks(Turn turn, Contender contender)
    {
        // Where machines have hours, what fits changes with time alone; one that closes too soon for the job could not hold it.
        if (turn.State.Map.HasHours || contender.SeenPossible.Version != turn.State.Map.ShapeVersion)
            contender.SeenPossible = (
                turn.State.Map.ShapeVersion,
                Survey.Of(turn.State.Map, Later(turn.State, contender), contender.Lane.First!.Spec).Nearest is not null);
        if (contender.SeenPossible.Possible) turn.State.Rounds.SetBlocker(contender.Lane.First!);
        return contender.SeenPossible.Possible;
    }

    private static PlacementQuery Later(PoolState state, Contender contender) => state.Contenders.Of(contender.Lane.Class.Lanes[^1]).Query;

    /// <summary>What became of a lane's first.</summary>
    private enum Served
    {
        /// <summary>It, and maybe its line, is out of the way: the lane's next may try.</summary>
        Next,

        /// <summary>There is no room for it, nor for those behind it.</summary>
        NoRoom,

        /// <summary>The tier may not have more: no job of the lane may start.</summary>
        Limited,
    }

    private static Served Serve(Turn turn, Contender contender)
    {
        var (map, job) = (turn.State.Map, contender.Lane.First!);
        if (contender.IsClosedTo(job, map.FreedVersion)) return Served.NoRoom;
        if (Permits.Of(turn.State, contender, job) is not { } permit) return Served.Limited;
        if (permit.IsRefused) return Park(turn, contender, permit.Hit!);
        if (!TryGrant(turn, contender, job, permit))
        {
            if (permit.BindsLine) return ParkUntilFreed(turn, contender, permit.Hit!);
            contender.Close(job, map.FreedVersion);
            return Served.NoRoom;
        }

        turn.State.Contenders.LineAgain(contender);
        return Served.Next;
    }

    /// <summary>Grants a job of the lane what it needs. False: there is no room that limits, hours and promises leave it.</summary>
    public static bool TryGrant(Turn turn, Contender contender, Job job, Permit permit)
    {
        var (map, promises) = (turn.State.Map, turn.State.Promises);
        if (!contender.Query.MayFit(map)) return false;
        contender.Query.Asker = Asker.Of(job, contender.FactsOf(job, turn.State.Families));
        if (Placer.Find(map, contender.Query, NodeToAvoid(job), GateFor(turn, contender, job, permit)) is not { } allocation) return false;
        var choice = ChoiceOf(map, contender.Query);
        Granting.Grant(turn, job, allocation);
        job.Attempt!.Choice = choice;
        if (contender.PromiseTo(job) is { } promise) promises.Keep(promise, allocation);
        contender.Forget(job);
        foreach (var share in allocation.Nodes) promises.Recount(map.Find(share.Node)!, turn.Now);
        return true;
    }

    /// <summary>What limits, promises, hours and loans leave the job; null: everything.</summary>
    private static Gate? GateFor(Turn turn, Contender contender, Job job, Permit permit)
    {
        var learned = RunTimes.Cautious(contender.Query.Asker.Facts);
        var kept = turn.State.Promises.GateFor(job, contender.Lane.Class.Config.Loans, learned, turn.Config.Backfill.Patience, turn.Now);
        var gate = HoursGate.For(turn.State.Map, job.Spec, permit.Through(kept));
        return contender.BorrowsIdle ? LeftAlone(turn, contender, gate) : gate;
    }

    private static Served Park(Turn turn, Contender contender, QuotaHit hit)
    {
        contender.Lane.Park(contender.Lane.Best!, hit);
        turn.State.Contenders.LineAgain(contender);
        return Served.Next;
    }

    /// <summary>Others of the lane may use cards that this line's owner may not.</summary>
    private static Served ParkUntilFreed(Turn turn, Contender contender, QuotaHit hit)
    {
        contender.Lane.ParkUntilFreed(contender.Lane.Best!, hit, turn.State.Map.FreedVersion);
        turn.State.Contenders.LineAgain(contender);
        return Served.Next;
    }

    /// <summary>True when the lane's first is one of those that count towards the depth.</summary>
    private static bool Promise(Turn turn, Contender contender)
    {
        var (map, job) = (turn.State.Map, contender.Lane.First!);
        if (contender.HopelessAt == map.ShapeVersion) return false;
        var impatient = turn.Now - RequestClass.EligibleSince(job) >= turn.Config.Backfill.Patience;
        var promise = turn.State.Promises.Make(
            map, contender.Query, job, contender.PromiseTo(job) ?? contender.Promise, impatient, turn.Now, out var candidates);
        if (promise is not null)
        {
            contender.Promise = promise;
            promise.TakesBack = turn.Config.Preemption.Depth > 0 ? contender.Lane.Class.Config.Classes : [];
        }

        if (candidates == 0) contender.HopelessAt = map.ShapeVersion;
        return promise is not null;
    }

    /// <summary>Keeps cards from being lent before they have been left alone for as long as the tier's loan rule asks.</summary>
    private static Gate LeftAlone(Turn turn, Contender contender, Gate? others) => (slot, cards, count, part) =>
    {
        if (others?.Invoke(slot, cards, count, part) == false) return false;
        if (cards is null || cards.FreedAt + contender.IdleBeforeLoan(cards.Kind.Class) is var lent && lent <= turn.Now) return true;
        turn.State.LookAgainBy(lent);
        return false;
    };

    /// <summary>Put down before the grant changes the scores.</summary>
    private static PlacementChoice? ChoiceOf(PoolMap map, PlacementQuery query) =>
        query.Choice is var (chosen, second) ? new PlacementChoice(chosen.Sheet(map.Scores), second?.Sheet(map.Scores)) : null;

    /// <summary>Where its last launch failed: it tries elsewhere as long as another node fits.</summary>
    private static NodeId? NodeToAvoid(Job job) =>
        job.Attempt is { } last && Blaming.FailedOn(last).ToList() is [var first, ..] ? first : null;
}
