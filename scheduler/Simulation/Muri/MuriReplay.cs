using GpuScheduler.Core.Policies;

namespace GpuScheduler.Simulation.Muri;

/// <summary>Decides anew at every arrival, every completion, and whenever the policy's own clock says so.</summary>
internal sealed class MuriReplay(IReadOnlyList<MuriJob> jobs, Room room, ISharingPolicy policy, bool chargeEveryEvent)
{
    /// <summary>Moments that differ by less, relative to their size, are one event, as in the published runs.</summary>
    private const double SameMoment = 1e-9;

    private readonly Dictionary<int, MuriJob> byId = jobs.ToDictionary(job => job.Facts.Id);
    private readonly Dictionary<int, double> owed = [];
    private Dictionary<int, Seat> seated = [];
    private readonly List<Contender> active = [];
    private readonly List<double> completionTimes = [];
    private double now;
    private int arrived;

    public MuriResult Run()
    {
        IReadOnlyList<Seat> seats = [];
        while (arrived < jobs.Count || active.Count > 0)
        {
            var change = policy.NextChange(active, now);
            var (end, ended) = NextEnd(seats);
            var arrival = arrived < jobs.Count ? jobs[arrived].Facts.Arrival : double.PositiveInfinity;
            var next = Math.Min(end, arrival);
            if (double.IsInfinity(next))
                throw new InvalidOperationException($"{active.Count} jobs never fit the cluster");

            var jumps = next > change;
            Advance(jumps ? change : next, !jumps && end <= arrival ? ended : []);
            if (!jumps && arrival <= end)
                Arrive(arrival);

            seats = Decide();
        }

        return MuriResult.Of(policy.Name, completionTimes, now);
    }

    private static bool Same(double a, double b) => Math.Abs(a - b) <= SameMoment * Math.Max(Math.Abs(a), Math.Abs(b));

    private (double Time, IReadOnlyList<Contender> Jobs) NextEnd(IReadOnlyList<Seat> seats)
    {
        var groups = new List<(double Time, List<Contender> Jobs)>();
        foreach (var (job, _, pace, _) in seats)
        {
            var time = now + (job.Remaining!.Value * pace) + owed.GetValueOrDefault(job.Id);
            if (groups.Find(group => Same(group.Time, time)).Jobs is { } together)
                together.Add(job);
            else
                groups.Add((time, [job]));
        }

        return groups.Count == 0 ? (double.PositiveInfinity, []) : groups.MinBy(group => group.Time);
    }

    private void Advance(double time, IReadOnlyList<Contender> ended)
    {
        foreach (var job in ended)
        {
            completionTimes.Add(time - job.Arrival);
            active.Remove(job);
        }

        foreach (var job in active.Where(job => job.Holds))
        {
            var seat = seated[job.Id];
            var lost = chargeEveryEvent ? RestartOf(seat) : Pay(job, time - now);
            var work = Math.Max(time - now - lost, 0) / seat.Pace;
            job.Remaining -= work;
            job.Done += work;
            job.Attained = job.Attained + time - now;
        }

        now = time;
    }

    private double Pay(Contender job, double elapsed)
    {
        var paid = Math.Min(owed.GetValueOrDefault(job.Id), elapsed);
        owed[job.Id] = owed.GetValueOrDefault(job.Id) - paid;
        return paid;
    }

    private void Arrive(double first)
    {
        while (arrived < jobs.Count && Same(jobs[arrived].Facts.Arrival, first))
            active.Add(jobs[arrived++].Facts);
    }

    private IReadOnlyList<Seat> Decide()
    {
        room.Clear();
        var seats = policy.Share(active, room, now);
        var before = seated;
        seated = seats.ToDictionary(seat => seat.Job.Id);
        foreach (var job in active)
        {
            var holds = seated.TryGetValue(job.Id, out var seat);
            if (!chargeEveryEvent && (!holds || !before.TryGetValue(job.Id, out var last) || !last.Mates.SequenceEqual(seat.Mates)))
                owed[job.Id] = holds ? RestartOf(seat) : 0;

            job.Kind = holds ? seat.Kind : Contender.Nowhere;
        }

        return seats;
    }

    /// <summary>A job that shares cards waits until all on them have started.</summary>
    private double RestartOf(Seat seat) => seat.Mates.Sum(mate => byId[mate.Id].Restart);
}
