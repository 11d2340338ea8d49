namespace GpuScheduler.Core.Policies.Kinds;

/// <summary>Fair in what jobs get done, not in time: whoever has advanced least since he came, compared with the same share of every
/// kind of card, goes first, on the kind that is fastest for him among those free. In rounds, this evens progress out as Gavel's
/// max-min fairness does by linear programming.</summary>
public sealed class LeastProgress : ISharingPolicy
{
    public string Name => "max-min";

    public bool NeedsRunTimes => false;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var cards = room.Free.ToArray();
        var seats = new List<Seat>();
        foreach (var job in contenders.OrderBy(job => Progress(job, cards, now)).ThenBy(job => job.Id))
        {
            var kinds = Enumerable.Range(0, room.Kinds).Where(job.CanRunOn).OrderBy(kind => job.Pace[kind]);
            seats.AddRange(kinds.Where(kind => room.TryTake(kind, job.Devices)).Take(1).Select(kind => new Seat(job, kind)));
        }

        return seats;
    }

    /// <summary>Work done per second since it came, as a multiple of what the average card would have done.</summary>
    private static double Progress(Contender job, int[] cards, double now)
    {
        var average = Enumerable.Range(0, cards.Length).Where(job.CanRunOn).Sum(kind => cards[kind] / job.Pace[kind]) / Math.Max(1, cards.Sum());
        return now > job.Arrival ? job.Done / average / (now - job.Arrival) : 0;
    }
}
