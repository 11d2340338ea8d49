using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Gangs;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Says why a gang waits, and where one is.</summary>
internal static class GangWords
{
    /// <summary>Why a gang's lane waits.</summary>
    public static LaneVerdict WhyWaiting(PoolState state, Contender contender, PlacementQuery later, DateTimeOffset now)
    {
        var (request, spec) = (later.Request, contender.Lane.First!.Spec);
        var (survey, own) = (GangSurvey.Of(state.Map, later, spec), GangSurvey.Of(state.Map, contender.Question, spec));
        if (survey.Idle.Count < request.NodeCount)
            return new LaneVerdict(
                Reason.BadConstraints,
                $"needs {Wanted(request)}; only {Some(survey.Idle, request)} could ever be one of them: the job waits until more join");
        if (survey.Open.Count < request.NodeCount)
            return new LaneVerdict(Reason.ReqNodeNotAvail, $"needs {Wanted(request)}; {Away(state, survey, spec, now)}");
        if (later != contender.Question && survey.Free.Count >= request.NodeCount && own.Free.Count < request.NodeCount)
            return new LaneVerdict(
                Reason.TierSpillDelay,
                $"{Some(survey.Free, request)} have room, but some of their cards are of a class that tier "
                    + $"'{contender.Lane.Class.Config.Name}' uses only after a delay");
        return new LaneVerdict(
            Reason.Resources, $"needs {Wanted(request)}; {Some(own.Free, request)} {(own.Free.Count == 1 ? "has" : "have")} room now");
    }

    /// <summary>Where a gang is: node by node.</summary>
    public static string Where(Allocation allocation) => $"on {allocation.Nodes.Count} nodes: "
        + string.Join(
            ", ",
            allocation.Nodes.Select(share => share.Devices.Count == 0 ? $"{share.Node}" : $"{share.Node} ({share.Devices.Count} × GPU)"));

    private static string Wanted(ResourceRequest request) =>
        $"{request.NodeCount} nodes with {Words.Cards(request)} "
            + $"each{(request.Gpu is null || request.MixedCards ? "" : ", all of one model")}";

    private static string Away(PoolState state, GangSurvey survey, JobSpec spec, DateTimeOffset now)
    {
        var away = survey.Idle.Except(survey.Open).First();
        var why = away.IsOpen && !away.Lets(spec, state.Map.Now)
            ? HoursWords.WhyTooShort(away, spec, now)
            : Words.WhyClosed(away, state.Config, now);
        return $"{survey.Open.Count} of {survey.Idle.Count} that fit take work: {away.Node.Id} {why}";
    }

    /// <summary>Such as <c>2 of 4 nodes (a, b)</c>.</summary>
    private static string Some(IReadOnlyList<NodeSlot> slots, ResourceRequest request) =>
        $"{slots.Count} of {request.NodeCount} "
            + $"nodes{(slots.Count == 0 ? "" : $" ({Words.List([.. slots.Select(slot => slot.Node.Id)])})")}";
}
