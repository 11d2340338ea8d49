using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.OpenHours;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>
/// Finds out why a lane's jobs wait: what can never be first, then who is away, then what opens later, then what is taken.
/// </summary>
internal static class LaneVerdicts
{
    /// <summary>Worked out when asked for, and kept until the pool changes.</summary>
    public static LaneVerdict Of(PoolState state, Contender contender, DateTimeOffset now)
    {
        DateTimeOffset? at = state.Map.HasHours ? now : null;
        // Of promises nothing is kept: they change with time alone.
        if (contender.LastVerdict is { } last && last.Version == state.Map.Version && last.At == at) return last.Verdict;
        if (PreemptionWords.WhyWaiting(state, contender) is { } beingFreed) return beingFreed;
        if (PromiseWords.WhyPassedOver(state, contender) is { } passedOver) return new LaneVerdict(Reason.Priority, passedOver);
        var verdict = Find(state, contender, now);
        contender.LastVerdict = (state.Map.Version, at, verdict);
        return verdict;
    }

    /// <summary>With every class that opens to these jobs some time.</summary>
    public static PlacementQuery Later(PoolState state, Contender contender) =>
        state.Contenders.Of(contender.Lane.Class.Lanes[^1]).Question;

    private static LaneVerdict Find(PoolState state, Contender contender, DateTimeOffset now)
    {
        var (later, spec) = (Later(state, contender), contender.Lane.First!.Spec);
        if (later.Request.IsGang) return GangWords.WhyWaiting(state, contender, later, now);
        var survey = Survey.Of(state.Map, later, spec);
        if (survey.FitsIdle == 0) return new LaneVerdict(Reason.BadConstraints, NeverText(state, contender));
        if (survey.FitsIdleOpen == 0)
            return new LaneVerdict(Reason.ReqNodeNotAvail, AwayText(state, survey, contender.Lane.First!.Spec, now));
        if (survey.Nearest is null) return new LaneVerdict(Reason.ReqNodeNotAvail, ClosingText(survey, spec, now)) { OfFirstAlone = true };
        var gate = HoursGate.For(state.Map, spec);
        if (later != contender.Question && Placer.Find(state.Map, later, null, gate) is { } spilled)
            return new LaneVerdict(Reason.TierSpillDelay, SpillText(state, contender.Lane.Class, spilled.Head));
        if (contender.BorrowsIdle && Placer.Find(state.Map, contender.Question, null, gate) is { } idle
            && IsLent(state, contender, idle.Head))
            return new LaneVerdict(Reason.TierSpillDelay, IdleText(state, contender, idle.Head));
        return new LaneVerdict(Reason.Resources, ResourcesText(contender.Question.Request, survey.Nearest.Value));
    }

    private static string NeverText(PoolState state, Contender contender)
    {
        var requestClass = contender.Lane.Class;
        if (state.Map.PinOf(requestClass.Request.SameCardAs) is { } pin
            && IdleWarning.For(contender.Lane.First!.Spec, requestClass.Config, state.Nodes) is null)
            return $"its array began on {pin.Model} with {Words.Memory(pin.MemoryMib)} and stays on such cards; no node has them for it";
        return IdleWarning.For(contender.Lane.First!.Spec, requestClass.Config, state.Nodes)
            ?? $"no node has {Words.Cards(requestClass.Request)} of one model in one machine: the job waits until one joins";
    }

    private static string AwayText(PoolState state, Survey survey, JobSpec spec, DateTimeOffset now)
    {
        var node = survey.Closed!.Node;
        var others = survey.FitsIdle > 1 ? $"; so for all {survey.FitsIdle} nodes that fit" : "";
        var never = survey.Closed.EverLets(spec, now) ? "" : $", and {HoursWords.Never(spec)}";
        return $"{node.Id} fits but {Words.WhyClosed(survey.Closed, state.Config, now)}{never}{others}";
    }

    private static string ClosingText(Survey survey, JobSpec spec, DateTimeOffset now)
    {
        var others = survey.FitsIdleOpen > 1 ? $"; all {survey.FitsIdleOpen} open nodes that fit close too soon" : "";
        return $"{survey.Closing!.Node.Id} fits but {HoursWords.WhyTooShort(survey.Closing, spec, now)}{others}";
    }

    private static string SpillText(PoolState state, RequestClass requestClass, NodeShare spilled)
    {
        var card = state.Map.Find(spilled.Node)!.Cards[spilled.Devices[0].Uuid].Device;
        if (requestClass.Spills.First(rule => rule.Class == card.Class).Loan is not null)
        {
            return $"{spilled.Devices.Count} × {card.Model} on {spilled.Node} is free, but tier '{requestClass.Config.Name}' has "
                + $"{Words.Class(card.Class)} "
                + "cards only on loan, and this job has just given way: it borrows none for a while";
        }

        var (delay, uses) = (DelayOf(requestClass, card.Class), $"{spilled.Devices.Count} × {card.Model} on {spilled.Node} is free, but tier "
            + $"'{requestClass.Config.Name}' uses {Words.Class(card.Class)} cards");
        // Classes open one after the other: one that needs no delay waits for the loan before it, which this job may not have for a while.
        return delay > TimeSpan.Zero ? $"{uses} only after {Words.Span(delay)}" : $"{uses} for a job that has just given way only later";
    }

    /// <summary>What the tier has as its own needs no idle time.</summary>
    private static bool IsLent(PoolState state, Contender contender, NodeShare idle) => idle.Devices.Count > 0
        && contender.IdleBeforeLoan(state.Map.Find(idle.Node)!.Cards[idle.Devices[0].Uuid].Device.Class) > TimeSpan.Zero;

    private static string IdleText(PoolState state, Contender contender, NodeShare idle)
    {
        var card = state.Map.Find(idle.Node)!.Cards[idle.Devices[0].Uuid].Device;
        return $"{idle.Devices.Count} × {card.Model} on {idle.Node} is free, but lent to tier '{contender.Lane.Class.Config.Name}' only "
            + "once "
            + $"left alone for {Words.Span(contender.IdleBeforeLoan(card.Class))}";
    }

    private static TimeSpan DelayOf(RequestClass requestClass, DeviceClass deviceClass) =>
        requestClass.Spills.First(rule => rule.Class == deviceClass).After;

    private static string Count(int running) => running == 1 ? "1 other job runs" : $"{running} other jobs run";

    private static string ResourcesText(ResourceRequest request, NearestNode nearest)
    {
        var slot = nearest.Slot;
        if (request.Exclusive && slot.Holds.Count > 0) return $"needs a node for itself; {Count(slot.Holds.Count)} on {slot.Node.Id}";
        if (nearest.Group is { } group && nearest.Free < nearest.Wanted)
            return $"needs {Words.Cards(request)}{(nearest.Wanted > 1 ? " on one node" : "")}; best node {slot.Node.Id} has "
                + $"{nearest.Free} free of {group.CountUsable()}";
        return NodeFit.FreeCores(slot, request) < request.CpuCores
            ? $"needs {Words.Cores(request.CpuCores)}; best node {slot.Node.Id} has {Math.Max(0, NodeFit.FreeCores(slot, request))} free "
                + $"of {NodeFit.AllCores(slot, request)}"
            : $"needs {Words.Memory(request.MemoryMib)} of memory; best node {slot.Node.Id} has "
                + $"{Words.Memory(Math.Max(0, slot.MemoryFree))} free of {Words.Memory(slot.Node.MemoryMib)}";
    }
}
