using GpuScheduler.Core.Model;
using GpuScheduler.Core.Policies;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Engine.Phases;

/// <summary>
/// Where the pool's policy takes turns: once a round it says who of those that wait and of those that run and can be stopped should
/// hold cards, tier by tier. The chosen who wait go first in line, and may have those stopped that were not chosen; whether there is
/// room for them, placement finds out as always.
/// </summary>
internal static class RoundPhase
{
    public static void Run(Turn turn)
    {
        var (state, rounds) = (turn.State, turn.State.Rounds);
        // While none waits the round goes on: a job that comes finds a new one begun at once.
        if (!rounds.IsDue(turn.Now) || !AJobWaits(state)) return;
        var field = new RoundField(state, turn.Now);
        var room = field.Room();
        var places = new List<(Job, int)>();
        var standing = new Dictionary<JobId, int>();
        for (var tier = 0; tier < turn.Config.Tiers.Count; tier++) Share(turn, field, tier, room, places, standing);
        rounds.Begin(places, standing, turn.Now + turn.Config.Round);
        // Who was in vain looked for before may be found now.
        if (places.Count > 0) state.Map.NoteUnreserved();
    }

    /// <summary>When the next round begins, if a job waits and another could be stopped for it; null: it doesn't matter.</summary>
    public static DateTimeOffset? Next(PoolState state) =>
        state.Rounds.Policy.Sharing is not null && state.Map.Yielding.Count > 0 && AJobWaits(state) ? state.Rounds.NextAt : null;

    private static bool AJobWaits(PoolState state) =>
        state.Room.Ready.Classes.Any(known => known.Request.Gpu is not null && known.Lanes.Any(lane => lane.Count > 0));

    private static void Share(Turn turn, RoundField field, int tier, Room room, List<(Job, int)> places, Dictionary<JobId, int> standing)
    {
        var jobs = field.JobsOf(tier);
        var contenders = jobs.Select((job, i) => field.Contender(i, job)).Where(job => double.IsFinite(job.BestPace)).ToList();
        var seats = turn.State.Rounds.Policy.Sharing!.Share(contenders, room, Candidate.Seconds(turn.Now));
        var seated = seats.Select(seat => seat.Job).ToHashSet();
        foreach (var contender in contenders) standing[jobs[contender.Id].Id] = contender.Rank;
        places.AddRange(
            seats.Select(seat => jobs[seat.Job.Id]).Where(job => job.State == JobState.Pending).Select((job, i) => (job, i + 1)));
        places.AddRange(
            contenders.Where(contender => contender.Holds && !seated.Contains(contender)).Select(contender => (jobs[contender.Id], -1)));
    }
}
