using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Preemption;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Engine;

/// <summary>Who takes part in a round: jobs that wait for cards or parts of them, and those that run on such and lose little when stopped.
/// Work without a card takes no turns: cores are given back by tiers.</summary>
internal sealed class RoundField(PoolState state, DateTimeOffset now)
{
    private readonly DateTimeOffset _end = now + state.Config.Round;
    private Dictionary<CardKind, DateTimeOffset>? _open;

    /// <summary>Waiting jobs of a tier that are looked at, in their order: who is further back would not get a card.</summary>
    private const int MostWaiting = 1000;

    private readonly Dictionary<Lane, HashSet<CardKind>> _kinds = [];

    /// <summary>Of one tier, in order of arrival.</summary>
    public IReadOnlyList<Job> JobsOf(int tier) =>
        [.. Waiting(tier).Concat(Running(tier)).OrderBy(job => job.SubmitTime).ThenBy(job => job.Id)];

    /// <summary>True for what gives up its cards when the round says so.</summary>
    public bool Contends(NodeSlot slot, Hold hold) =>
        RoundRoom.Lasts(slot, _end) && hold is { MayYield: true, Fenced: false, Attempt: { StopCause: null, StartTime: not null } }
            && hold.Share.Devices.Count > 0
        && state.FindJob(hold.Attempt.Id.Job) is { } job && YieldRules.TakesTurns(state.Config, job);

    /// <summary>What is given out.</summary>
    public Policies.Room Room() => RoundRoom.Of(state.Map, _end, Contends);

    /// <summary>A job as the policy sees it.</summary>
    public Policies.Contender Contender(int number, Job job)
    {
        var holds = job.State.HoldsAllocation() ? KindHeld(job) : null;
        var open = KindsOf(job.Seat is AccountLine line ? line.Lane : state.Room.Ready.ClassOf(job.Spec).Lanes[0]);
        var facts = state.Families.Of(job.Spec);
        var speeds = KindSpeeds.Of(
            [.. state.Map.Kinds.Select(kind => (kind, LinePoints.Cards(job) / job.Spec.Request.NodeCount))], job.Spec.Request, facts)
            .Zip(state.Map.Kinds, (speed, kind) => kind == holds || (open.Contains(kind) && StaysFor(job, kind)) ? speed.Value : 0);
        var contender = Candidate.Of(number, job, [.. speeds], RunTimes.Cautious(facts), state.Config.Preemption.RestartCost, now);
        contender.Rank = state.Rounds.StandingOf(job);
        for (var i = 0; i < state.Map.Kinds.Count; i++)
        {
            if (state.Map.Kinds[i] == holds) contender.Kind = i;
        }

        return contender;
    }

    private IEnumerable<Job> Waiting(int tier) => state.Room.Ready.Classes
        .Where(known => known.Tier == tier && known.Request.Gpu is not null)
        .SelectMany(known => known.Lanes).Where(lane => lane.Count > 0).SelectMany(lane => lane.Jobs.Take(MostWaiting))
        .OrderBy(job => job, Comparer<Job>.Create(state.Room.Ready.Ranking.Compare)).Take(MostWaiting);

    private IEnumerable<Job> Running(int tier) => state.Map.Yielding
        .SelectMany(slot => slot.Holds.Values.Where(hold => Contends(slot, hold))).Select(hold => state.FindJob(hold.Attempt.Id.Job)!)
        .Where(job => job.Spec.Tier == state.Config.Tiers[tier].Name).Distinct();

    private HashSet<CardKind> KindsOf(Lane lane)
    {
        if (_kinds.TryGetValue(lane, out var known)) return known;
        var options = new PlacementQuery(lane.Class.Request, Engine.Contender.OpenClasses(lane.Class, lane.Stage)).Options(state.Map)
            .ToArray();
        return _kinds[lane] = [.. options.Select(option => option.Kind)];
    }

    /// <summary>A card of the kind is open for as long as the job needs.</summary>
    private bool StaysFor(Job job, CardKind kind)
    {
        if (!state.Map.HasHours) return true;
        _open ??= state.Map.Slots.Where(slot => RoundRoom.Lasts(slot, _end)).SelectMany(slot => slot.Groups)
            .GroupBy(group => group.Kind).ToDictionary(
                alike => alike.Key, alike => alike.Max(group => group.Slot.ClosesAt ?? DateTimeOffset.MaxValue));
        return _open.TryGetValue(kind, out var until) && (until == DateTimeOffset.MaxValue || now + state.Hours.Need(job.Spec) <= until);
    }

    private CardKind? KindHeld(Job job)
    {
        var head = job.Attempt!.Allocation.Head;
        return state.Map.Find(head.Node)?.Cards.GetValueOrDefault(head.Devices[0].Uuid)?.Group?.Kind;
    }
}
