using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Core.Preemption;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Checks promises by plain counting: what a node lacks at each moment at which one of its attempts ends.</summary>
internal static class PromiseInvariants
{
    public static void NoGrantBehindAPromiseDelaysIt(RandomPool pool)
    {
        foreach (var stake in pool.State.Promises.All.Where(promise => promise.Binds).SelectMany(promise => promise.Stakes))
        {
            if (!pool.Last.PromisedBefore.Any(one => (one.Job, one.Node) == (stake.Promise.Job.Id, stake.Slot.Node.Id))) continue;
            var granted = GrantedNow(pool, stake.Slot.Node.Id);
            var behind = granted.Where(job => IsBehind(pool, job, stake.Promise.Job)).Select(job => job.Id).ToHashSet();
            // What goes first may delay it, and hides what those behind it did.
            if (behind.Count > 0 && behind.Count == granted.Count) AssertNotLater(pool, stake, behind);
        }
    }

    private static void AssertNotLater(RandomPool pool, Stake stake, HashSet<JobId> behind)
    {
        var now = pool.Now;
        var all = stake.Slot.Holds.Values.ToList();
        var (with, without) = (Earliest(stake, all, now), EarliestOfAll(pool, stake.Promise));
        if (without is { } before)
        {
            Assert.True(with <= before, $"job {stake.Promise.Job.Id} could start on {stake.Slot.Node.Id} at {before:O}, now at {with:O}");
            return;
        }

        var lasting = all.Where(hold => behind.Contains(hold.Attempt.Id.Job) && !(hold.EndsBy(now) <= now + RandomPool.Backfill.Patience)
            && !IsTakenBack(pool, stake, hold)).ToList();
        Assert.True(Fits(stake, lasting), $"job {stake.Promise.Job.Id} now waits for a job behind it on {stake.Slot.Node.Id}");
    }

    /// <summary>Borrowed from the job's own class, which it gets back as soon as it can start with it.</summary>
    private static bool IsTakenBack(RandomPool pool, Stake stake, Hold hold) =>
        pool.State.FindJob(hold.Attempt.Id.Job) is { } borrower
        && YieldRules.Between(pool.State.Config, stake.Promise.Job, borrower, YieldRules.ClassOn(stake.Slot, hold.Share)) == YieldKind.Loan;

    /// <summary>
    /// When the last of its nodes had room if nobody behind it had been let in now; null: one of them waits for what has no limit.
    /// </summary>
    private static DateTimeOffset? EarliestOfAll(RandomPool pool, Promise promise)
    {
        var moments = promise.Stakes.Select(stake =>
        {
            var others = stake.Slot.Holds.Values.Where(hold => !IsNewBehind(pool, hold, promise.Job)).ToList();
            return Earliest(stake, others, pool.Now, AsPromised(pool, stake));
        }).ToList();
        return moments.Any(moment => moment is null) ? null : moments.Max();
    }

    /// <summary>With the card of which it was promised a part before this step, if that is still in service.</summary>
    private static Claim AsPromised(RandomPool pool, Stake stake)
    {
        var before = pool.Last.PromisedBefore.FirstOrDefault(one => (one.Job, one.Node) == (stake.Promise.Job.Id, stake.Slot.Node.Id)).Part;
        return before is { Card.IsUsable: true } && before.Card.Group == stake.Claim.Cards
            ? stake.Claim with { Part = before }
            : stake.Claim;
    }

    private static bool IsNewBehind(RandomPool pool, Hold hold, Job promised) =>
        hold.Attempt.GrantTime == pool.Now && pool.State.FindJob(hold.Attempt.Id.Job) is { } job
            && ReferenceEquals(job.Attempt, hold.Attempt)
        && GrantedNow(pool, promised.Id == job.Id ? default : hold.Share.Node).Contains(job) && IsBehind(pool, job, promised);

    /// <summary>The first moment at which everything that still runs leaves the promised room; null: some of it has no limit.</summary>
    private static DateTimeOffset? Earliest(Stake stake, List<Hold> holds, DateTimeOffset now, Claim? claim = null) =>
        holds.Select(hold => hold.EndsBy(now)).OfType<DateTimeOffset>().Append(now).Order()
            .Select(moment => (DateTimeOffset?)moment)
            .FirstOrDefault(moment => Fits(stake, holds.Where(hold => !(hold.EndsBy(now) <= moment)), claim));

    /// <summary>What is kept on the node for those served earlier counts as taken: they start first, and may run for ever.</summary>
    private static bool Fits(Stake stake, IEnumerable<Hold> holds, Claim? claim = null) =>
        Fits(stake, holds, [.. stake.Slot.Stakes.TakeWhile(other => other.Promise != stake.Promise).Select(other => other.Claim)], claim);

    /// <summary>There is room beside what runs and what others were promised.</summary>
    public static bool Fits(Stake stake, IEnumerable<Hold> holds, IReadOnlyList<Claim> earlier, Claim? asPromised = null)
    {
        var (node, claim) = (stake.Slot.Node, asPromised ?? stake.Claim);
        var (held, all) = (holds.ToList(), earlier.Append(claim).ToList());
        var parts = all.Select(one => one.Part).OfType<PartClaim>().ToList();
        // A card counts once, however many have parts of it.
        var taken = held.SelectMany(hold => hold.Share.Devices).Select(device => device.Uuid)
            .Concat(parts.Select(part => part.Card.Device.Uuid)).ToHashSet();
        var untouched = claim.Cards?.Cards.Count(card => card.IsUsable && !taken.Contains(card.Device.Uuid)) ?? 0;
        var plain = held.Where(hold => hold.Share.Devices.Count == 0).Sum(hold => hold.Share.CpuCores)
            + all.Where(one => one.Cards is null && !one.Exclusive).Sum(one => one.Cores);
        var watts = stake.Slot.Cards.Values.Where(card => taken.Contains(card.Device.Uuid)).Sum(card => card.Watts)
            + all.Where(one => one.Share is null && one.Cards is not null).Sum(
                one => one.Count * (one.Cards!.Kind.Traits.Facts.Watts ?? 0));
        return untouched >= all.Where(one => one.Share is null && one.Cards == claim.Cards).Sum(one => one.Count)
            && (claim.Part is not { } mine || FitsBeside(mine, parts, held))
            && held.Sum(hold => hold.Share.CpuCores) + all.Sum(one => one.Cores) <= node.CpuCores
            && plain <= node.CpuCores - node.ReservedCores
            && held.Sum(hold => hold.Share.MemoryMib) + all.Sum(one => one.MemoryMib) <= node.MemoryMib
            && !(watts > node.Power.CardWatts);
    }

    /// <summary>A card's thousandths and memory are enough for those that stay and the parts kept.</summary>
    private static bool FitsBeside(PartClaim mine, List<PartClaim> parts, List<Hold> held)
    {
        var (uuid, kept) = (mine.Card.Device.Uuid, parts.Where(part => part.Card == mine.Card).ToList());
        var beside = held.SelectMany(hold => hold.Share.Devices).Where(device => device.Uuid == uuid).ToList();
        return beside.Sum(device => device.MilliGpu) + kept.Sum(part => part.Milli) <= DeviceShare.Whole
            && beside.Sum(device => device.MemoryMib) + kept.Sum(part => part.MemoryMib) <= mine.Card.Device.MemoryMib;
    }

    private static List<Job> GrantedNow(RandomPool pool, NodeId node) =>
        [.. pool.Last.Result.Effects.OfType<PoolEffect.Dispatch>().Where(dispatch => dispatch.Node == node)
            .Select(dispatch => pool.State.FindJob(dispatch.Order.Attempt.Job)).OfType<Job>()
            .Where(job => job.Attempt!.GrantTime == pool.Now)];

    /// <summary>As they stood before one of them was granted its devices; a single user's jobs have one order of their own.</summary>
    private static bool GoesAfter(RandomPool pool, Job job, Job promised) =>
        pool.State.Room.Ready.Ranking.Compare(AsItWaited(job), promised) > 0;

    private static Job AsItWaited(Job job) => new(job.Id, job.Spec, job.SubmitTime)
    {
        EligibleTime = job.EligibleTime,
        Attempt = job.Attempt!.Origin.PreviousEnd is { } end
            ? new Attempt(job.Attempt.Id, job.Attempt.Allocation, job.Attempt.GrantTime) { EndCause = end }
            : null,
    };

    private static bool IsBehind(RandomPool pool, Job job, Job promised)
    {
        var (x, y) = (pool.State.Room.Ready.ClassOf(job.Spec).Tier, pool.State.Room.Ready.ClassOf(promised.Spec).Tier);
        return x != y ? x > y : GoesAfter(pool, job, promised);
    }
}
