using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>Names the jobs in the way of one that waits.</summary>
internal static class Blockers
{
    private const int Most = 8;

    /// <summary>When the start was played: those that ended first on its nodes. Otherwise: those that hold what it could use.
    /// Then waiting jobs that were served, or stand, before it.</summary>
    public static IReadOnlyList<Blocker> Of(PoolState state, Job job, PlayedStart start, IReadOnlyList<Job> ahead, DateTimeOffset now)
    {
        var holders = start.Granted is { } granted
            ? start.Ended.Where(attempt => Overlap(attempt.Allocation, granted)).Select(attempt => attempt.Id.Job)
            : HoldersOf(state, job);
        return [.. holders.SelectMany(id => Holder(state, id, now)).Take(Most), .. ahead.Take(Most).Select(rival => Ahead(rival, job))];
    }

    private static bool Overlap(Allocation one, Allocation other) =>
        one.Nodes.Any(share => other.Nodes.Any(wanted => wanted.Node == share.Node));

    /// <summary>Jobs on cards of a kind that the job could use, or on nodes where it could have cores.</summary>
    private static IEnumerable<JobId> HoldersOf(PoolState state, Job job)
    {
        var spec = job.Spec;
        var tier = state.Room.Ready.TierOf(spec).Config;
        var spills = ClassOpening.For(tier, spec.Draft.Checkpoint.Enabled);
        var query = new PlacementQuery(spec.Request, Contender.OpenClasses(tier, spills));
        var kinds = query.Options(state.Map).ToArray().Select(option => option.Kind).ToHashSet();
        return state.Map.Slots.Where(slot => NodeFit.IsRequested(slot, spec.Request))
            .Where(slot => spec.Request.Gpu is null || slot.Groups.Exists(group => kinds.Contains(group.Kind)))
            .SelectMany(slot => slot.Holds.Values).Where(hold => !hold.Fenced && (spec.Request.Gpu is null || hold.Share.Devices.Count > 0))
            .Select(hold => hold.Attempt.Id.Job).Distinct().Order();
    }

    /// <summary>None, where a job only ran in the play.</summary>
    private static IEnumerable<Blocker> Holder(PoolState state, JobId id, DateTimeOffset now)
    {
        if (state.FindJob(id) is not { Attempt: { } attempt } job || !job.State.HoldsAllocation()) yield break;
        var slot = state.Map.Find(attempt.Allocation.Head.Node);
        var hold = slot?.Holds.GetValueOrDefault(attempt.Id);
        yield return new Blocker(
            id, $"{job.Spec.User} holds {What(attempt.Allocation)} on {Words.Nodes(attempt.Allocation)}, {Until(slot, hold, now)}");
    }

    private static string Until(NodeSlot? slot, Hold? hold, DateTimeOffset now)
    {
        if (slot is null || hold is null) return "without a time limit";
        if (slot.EndsBy(hold, now) is { } end) return $"until {Words.Time(end)} at the latest";
        return slot.ExpectedBy(hold, now) is { } expected
            ? $"without a time limit, by earlier runs until {Words.Time(expected)}"
            : "without a time limit";
    }

    private static string What(Allocation allocation) => allocation.AllDevices() switch
    {
        [] => Words.Cores(allocation.Head.CpuCores),
        [{ IsWhole: false } part] => $"{part.MilliGpu}m of a card",
        [_] => "1 card",
        var many => $"{many.Count} cards",
    };

    private static Blocker Ahead(Job rival, Job job) => new(rival.Id, rival.Spec.Priority != job.Spec.Priority
        ? $"{rival.Spec.User} is ahead: priority {rival.Spec.Priority} against {job.Spec.Priority}"
        : $"{rival.Spec.User} is ahead in the order of serving");
}
