using GpuScheduler.Core.Policies;

namespace GpuScheduler.Simulation.Shockwave;

/// <summary>Decides anew in rounds, by the rules of the published runs: whole steps only; a round ends when the last in it does; who
/// didn't hold cards in the round before loses the time of a restart, if it works through the round.</summary>
/// <param name="jobs">In order of arrival.</param>
internal sealed class ShockwaveReplay(IReadOnlyList<ShockwaveJob> jobs, Room room, ISharingPolicy policy)
{
    /// <summary>s.</summary>
    public const double Round = 120;

    /// <summary>s.</summary>
    private const double Restart = 20;

    /// <summary>s; who is done this much before the round's end has not worked through it, and is charged nothing.</summary>
    private const double Early = 5;

    private readonly Dictionary<int, ShockwaveJob> byId = jobs.ToDictionary(job => job.Facts.Id);
    private readonly List<Contender> active = [];
    private readonly List<(ShockwaveJob Job, double Time)> ended = [];
    private double now;
    private int arrived;
    private bool begun;

    /// <returns>When each job ended, s.</returns>
    public IReadOnlyList<(ShockwaveJob Job, double Time)> Run(Action<int, int> progress)
    {
        while (ended.Count < jobs.Count)
        {
            if (active.Count == 0)
                now = Math.Max(now, jobs[arrived].Facts.Arrival);
            while (arrived < jobs.Count && jobs[arrived].Facts.Arrival <= now)
                active.Add(jobs[arrived++].Facts);

            room.Clear();
            now = Work(policy.Share(active, room, now));
            begun = true;
            progress(ended.Count, jobs.Count);
        }

        return ended;
    }

    /// <returns>When the round ends; a round without work lasts as long as any.</returns>
    private double Work(IReadOnlyList<Seat> seats)
    {
        var end = seats.Count == 0 ? now + Round : now;
        foreach (var seat in seats)
            end = Math.Max(end, Work(seat.Job));

        var seated = seats.Select(seat => seat.Job.Id).ToHashSet();
        foreach (var job in active)
            job.Kind = seated.Contains(job.Id) ? 0 : Contender.Nowhere;

        active.RemoveAll(job => job.Remaining <= 0);
        return end;
    }

    private double Work(Contender job)
    {
        var pace = byId[job.Id].Pace;
        var steps = Math.Min(Math.Max(1, Math.Floor(Round / pace)), job.Remaining!.Value);
        var time = steps * pace;
        var done = begun && !job.Holds && time > Round - Early ? Math.Max(1, Math.Floor(steps * (time - Restart) / time)) : steps;
        job.Remaining -= done;
        job.Done += done;
        job.Attained += time;
        job.AttainedOn[0] += time;
        if (job.Remaining <= 0)
            ended.Add((byId[job.Id], now + time));

        return now + time;
    }
}
