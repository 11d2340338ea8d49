using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>How a job came to start in a rehearsal.</summary>
/// <param name="At">When; null: it did not, as far as could be played.</param>
/// <param name="Granted">What it was given.</param>
/// <param name="Ended">Attempts that ended before, in order.</param>
internal sealed record PlayedStart(DateTimeOffset? At, Allocation? Granted, IReadOnlyList<Attempt> Ended)
{
    /// <summary>Of those that ended by an estimate, how many earlier runs it rests on, one number an attempt.</summary>
    public IReadOnlyList<int> Learned { get; init; } = [];
}

/// <summary>Plays a pool forward until a job starts: attempt by attempt up to its time limit, or as long as earlier runs took.</summary>
internal static class StartSearch
{
    /// <summary>Ends and wake-ups that are played at most.</summary>
    private const int MostEvents = 400;

    private static readonly TimeSpan Horizon = TimeSpan.FromDays(60);

    public static PlayedStart Of(Rehearsal play, Job job)
    {
        var (ended, learned) = (new List<Attempt>(), new List<int>());
        var last = play.Now + Horizon;
        play.Play(play.Now, []);
        for (var events = 0; events < MostEvents && !job.State.HoldsAllocation(); events++)
        {
            if (Next(play, ended) is not var (time, ending) || time > last) return new PlayedStart(null, null, ended);
            learned.AddRange(ending.Select(attempt => RunsBehind(play, attempt)).OfType<int>());
            play.Play(time, ending);
            ended.AddRange(ending);
        }

        return job.State.HoldsAllocation()
            ? new PlayedStart(play.Now, job.Attempt!.Allocation, ended) { Learned = learned }
            : new PlayedStart(null, null, ended);
    }

    /// <summary>Earlier runs that tell when an attempt ends; null: its limit does.</summary>
    private static int? RunsBehind(Rehearsal play, Attempt attempt) =>
        attempt.StopCause is null && play.State.FindJob(attempt.Id.Job) is { Spec: { TimeLimit: null } spec }
            ? play.State.Families.Of(spec)?.Runs.Count
            : null;

    /// <summary>
    /// What happens next: attempts that reach their limit or their expected end, or a rule that opens; null: nothing any more.
    /// </summary>
    private static (DateTimeOffset Time, IReadOnlyList<Attempt> Ending)? Next(Rehearsal play, List<Attempt> ended)
    {
        var bounded = play.State.Map.Slots.SelectMany(slot => slot.Holds.Values)
            .Where(hold => !hold.Fenced && hold.ExpectedBy(play.Now) is not null)
            .Select(hold => (Time: hold.ExpectedBy(play.Now)!.Value, hold.Attempt)).DistinctBy(pair => pair.Attempt.Id).ToList();
        var end = bounded.Count > 0 ? bounded.Min(pair => pair.Time) : (DateTimeOffset?)null;
        if (play.WakeAt is { } wake && wake > play.Now && !(end <= wake)) return (wake, []);
        return end is { } time ? (time, [.. bounded.Where(pair => pair.Time == time).Select(pair => pair.Attempt)]) : null;
    }
}
