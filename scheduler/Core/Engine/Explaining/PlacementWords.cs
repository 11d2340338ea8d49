using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Puts rejections and placements into words.</summary>
internal static class PlacementWords
{
    /// <summary>One line of a histogram.</summary>
    public static string Of(Reason reason, int count, RequestClass wanted) => reason switch
    {
        Reason.NodeNotRequested => $"{Nodes(count)} not in the job's node list, or excluded by it",
        Reason.CardTypeMismatch => $"{Many(count, "card")} of another model than {Words.Cards(wanted.Request)}",
        Reason.CardInsufficientMemory => $"{Many(count, "card")} without the memory asked for",
        Reason.CardComputeCapability => $"{Many(count, "card")} without the compute capability asked for",
        Reason.CardNoEcc => $"{Many(count, "card")} without error-correcting memory",
        Reason.CardPrecision => $"{Many(count, "card")} that can't compute what is asked for at a useful rate",
        Reason.CardDriver => $"{Many(count, "card")} with an older driver than asked for, or an unknown one",
        Reason.SameCardUnavailable => $"{Many(count, "card")} of another kind than the array began with",
        Reason.CardClassNotAllowed =>
            $"{Many(count, "card")} of a class that tier '{wanted.Config.Name}' may not use{CheckpointHint(wanted)}",
        Reason.CardSpillDelay => $"{Many(count, "card")} of a class that tier '{wanted.Config.Name}' uses only after a delay",
        Reason.ReqNodeNotAvail => $"{Nodes(count)} drained, silent or down",
        Reason.NodeClosed => $"{Nodes(count)} outside the hours in which they take work",
        Reason.NodeClosing => $"{Nodes(count)} that will close before the job could be gone",
        Reason.CardNotHealth => $"{Many(count, "card")} missing",
        Reason.CardCordoned => $"{Many(count, "card")} drained by an administrator",
        Reason.CardHeldElsewhere =>
            $"{Many(count, "fitting card")} held by attempts of another store, until their worker says that they have ended",
        Reason.CardInUse => $"{Many(count, "fitting card")} granted to other jobs",
        Reason.ExclusiveDeviceAllocateConflict => $"{Many(count, "fitting card")} given out in parts, and this job wants whole ones",
        Reason.CardInsufficientShare =>
            $"{Many(count, "fitting card")} given out in parts with less left than {Words.Share(wanted.Request.Gpu!.Share!)}",
        Reason.NodeInsufficientCards =>
            $"{Nodes(count)} with free fitting cards, but too few of one model{(wanted.Request.NvLink ? " linked by NVLink" : "")}",
        Reason.NodePowerBudget => $"{Nodes(count)} whose power budget leaves too little for the cards",
        Reason.NodeNotIdle => $"{Nodes(count)} where others run, though the job wants one for itself",
        Reason.NodeInsufficientCpu => $"{Nodes(count)} without {Words.Cores(wanted.Request.CpuCores)} free",
        Reason.NodeInsufficientMemory => $"{Nodes(count)} without {Words.Memory(wanted.Request.MemoryMib)} of memory free",
        _ => $"{count}",
    };

    /// <summary>Why a job has the devices it has.</summary>
    public static IReadOnlyList<Explanation> WhyThere(PoolState state, Job job, DateTimeOffset now)
    {
        var allocation = job.Attempt!.Allocation;
        var (share, cards) = (allocation.Head, allocation.AllDevices().Count);
        var where = allocation.IsGang ? $"{GangWords.Where(allocation)}; the head" : "on";
        var there = new Explanation(
            Reason.Placed, Math.Max(1, cards), $"{where} {share.Node}: {Choice(state, job, share)}{Closing(state, share.Node, now)}");
        var attempt = new Explanation(Reason.Attempt, 1, AttemptWords.OfLiving(job.Attempt, job.Checkpoints.Count > 0));
        IReadOnlyList<Explanation> all = [there, attempt, .. ScoreWords.Of(job.Attempt.Choice)];
        if (job.Attempt.StopCause is not { } cause) return all;
        var stopping = $"it is being stopped ({cause}) and keeps its devices until its last process is gone";
        return [.. all, new Explanation(Reason.Placed, 1, stopping)];
    }

    private static string Closing(PoolState state, NodeId node, DateTimeOffset now) =>
        state.Map.Find(node)?.Hours is { } hours ? HoursWords.WhenItCloses(hours, now) : "";

    private static string Choice(PoolState state, Job job, NodeShare share)
    {
        if (share.Devices.Count == 0)
            return $"{Words.Cores(share.CpuCores)}; machines without cards come first, then spare cores of others; of each the one with "
                + "its checkpoint, else the fewest cores left over";
        var cards = state.Map.Find(share.Node)!.Cards;
        var card = cards[share.Devices[0].Uuid];
        if (card.Missing) return $"its card {card.Device.Uuid} is missing from the node's inventory, but the attempt goes on";
        var what = job.Spec.Request.Gpu?.Share is { } part
            ? $"{Words.Share(part)} of {card.Device.Model}"
            : $"{share.Devices.Count} × {card.Device.Model}";
        return $"{what} ({string.Join(", ", share.Devices.Select(device => device.Uuid))}); "
            + $"{Words.Class(card.Device.Class)} is {Rank(state, job, card.Device.Class)} of tier '{job.Spec.Tier}'";
    }

    private static string Rank(PoolState state, Job job, DeviceClass deviceClass)
    {
        var classes = state.Room.Ready.TierOf(job.Spec).Config.Classes;
        for (var i = 0; i < classes.Count; i++)
        {
            if (classes[i] == deviceClass) return i == 0 ? "the first choice" : $"choice {i + 1}";
        }

        return state.IsOnLoan(job) ? "on loan, given back when a tier that it belongs to needs it; not a class" : "a spill class";
    }

    private static string CheckpointHint(RequestClass wanted) =>
        !wanted.Checkpointed && wanted.Config.Spill.Any(rule => rule.NeedsCheckpoint) ? " without --checkpoint" : "";

    private static string Nodes(int count) => Many(count, "node");

    private static string Many(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
