namespace GpuScheduler.Core.Policies.Kinds;

/// <summary>Every job gets the same time, whatever it does for it: one that has waited longest goes first, on the kind that it has had
/// least of. What Gavel calls agnostic LAS.</summary>
public sealed class EqualShare : ISharingPolicy
{
    public string Name => "las";

    public bool NeedsRunTimes => false;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var seats = new List<Seat>();
        var standing = contenders.OrderBy(job => job.Rank).ThenBy(job => job.Id).ToList();
        var waiting = standing.Where(job => !TrySeat(job, room, seats)).ToList();
        var rank = 0;
        foreach (var job in waiting.Concat(seats.Select(seat => seat.Job)))
            job.Rank = rank++;

        return seats;
    }

    private static bool TrySeat(Contender job, Room room, List<Seat> seats)
    {
        foreach (var kind in
            Enumerable.Range(0, room.Kinds).Where(job.CanRunOn).OrderBy(kind => job.AttainedOn[kind])
                .ThenBy(kind => (kind + job.Id) % room.Kinds))
        {
            if (!room.TryTake(kind, job.Devices))
                continue;

            seats.Add(new(job, kind));
            return true;
        }

        return false;
    }
}
