using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>How a job came to start in a rehearsal.</summary>
/// <param name="At">When; null: it did not, as far as could be played.</param>
/// <param name="Granted">What it was given.</param>
/// <param name="Ended">Attempts that ended before, in order.</param>
internal sealed record PlayedStart(DateTimeOffset? At, Allocation? Granted, IReadOnlyList<Attempt> Ended);

/// <summary>Plays a pool forward, attempt by attempt up to its time limit, until a job starts.</summary>
internal static class StartSearch
{
    /// <summary>Ends and wake-ups that are played at most.</summary>
    private const int MostEvents = 400;

    private static readonly TimeSpan Horizon = TimeSpan.FromDays(60);

    public static PlayedStart Of(Rehearsal play, Job job)
    {
        var ended = new List<Attempt>();
        var last = play.Now + Horizon;
        play.Play(play.Now, []);
        for (var events = 0; events < MostEvents && !job.State.HoldsAllocation(); events++)
        {
            if (Next(play, ended) is not var (time, ending) || time > last) return new PlayedStart(null, null, ended);
            play.Play(time, ending);
            ended.AddRange(ending);
        }

        return job.State.HoldsAllocation()
            ? new PlayedStart(play.Now, job.Attempt!.Allocation, ended)
            : new PlayedStart(null, null, ended);
    }

    /// <summary>What happens next: attempts that reach their limit, or a rule that opens; null: nothing any more.</summary>
    private static (DateTimeOffset Time, IReadOnlyList<Attempt> Ending)? Next(Rehearsal play, List<Attempt> ended)
    {
        var bounded = play.State.Map.Slots.SelectMany(slot => slot.Holds.Values)
            .Where(hold => !hold.Fenced && hold.EndsBy(play.Now) is not null)
            .Select(hold => (Time: hold.EndsBy(play.Now)!.Value, hold.Attempt)).DistinctBy(pair => pair.Attempt.Id).ToList();
        var end = bounded.Count > 0 ? bounded.Min(pair => pair.Time) : (DateTimeOffset?)null;
        if (play.WakeAt is { } wake && wake > play.Now && !(end <= wake)) return (wake, []);
        return end is { } time ? (time, [.. bounded.Where(pair => pair.Time == time).Select(pair => pair.Attempt)]) : null;
    }
}
