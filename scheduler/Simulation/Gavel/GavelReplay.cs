using GpuScheduler.Core.Policies;

namespace GpuScheduler.Simulation.Gavel;

/// <summary>Decides anew in rounds. Whole steps only are done in a round; who ends inside one leaves its card idle for the rest. Moving
/// costs nothing, as in the published runs.</summary>
/// <param name="jobs">In order of arrival; ids count from 0.</param>
/// <param name="first">First job whose completion time counts.</param>
/// <param name="last">One after the last.</param>
internal sealed class GavelReplay(IReadOnlyList<Contender> jobs, Room room, ISharingPolicy policy, int first, int last)
{
    private const double Round = 360;

    private readonly List<Contender> active = [];
    private readonly List<double> completionTimes = [];
    private double now;
    private int arrived;
    private int counted;

    /// <returns>s from arrival to completion of each job of the window.</returns>
    public IReadOnlyList<double> Run(Action<int, int> progress)
    {
        while (counted < last - first && (arrived < jobs.Count || active.Count > 0))
        {
            if (active.Count == 0)
                now = Math.Max(now, jobs[arrived].Arrival);
            while (arrived < jobs.Count && jobs[arrived].Arrival <= now)
                active.Add(jobs[arrived++]);

            room.Clear();
            now = Work(policy.Share(active, room, now));
            progress(counted, last - first);
        }

        return completionTimes;
    }

    /// <returns>When the round ends: early, if everyone in it does.</returns>
    private double Work(IReadOnlyList<Seat> seats)
    {
        foreach (var job in active)
            job.Kind = Contender.Nowhere;

        var end = seats.Count == 0 ? now + Round : now;
        foreach (var seat in seats)
            end = Math.Max(end, Work(seat));

        active.RemoveAll(job => job.Remaining <= 0);
        return end;
    }

    private double Work(Seat seat)
    {
        var (job, kind, pace, _) = seat;
        var steps = Math.Min(Math.Floor(Round / pace), job.Remaining!.Value);
        var time = steps * pace;
        job.Kind = kind;
        job.Remaining -= steps;
        job.Done += steps;
        job.Attained += time;
        job.AttainedOn[kind] += time;
        if (job.Remaining <= 0)
            Count(job, now + time);

        return now + time;
    }

    private void Count(Contender job, double end)
    {
        if (job.Id < first || job.Id >= last)
            return;

        counted++;
        completionTimes.Add(end - job.Arrival);
    }
}
