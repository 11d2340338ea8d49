namespace GpuScheduler.Core.Policies.Kinds;

/// <summary>First come, first served, by a policy that doesn't know that kinds differ: the next in line gets whatever is free, spread
/// evenly, and keeps it to the end.</summary>
public sealed class SpreadFirstCome : ISharingPolicy
{
    public string Name => "fifo";

    public bool NeedsRunTimes => false;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        List<Seat> seats =
        [
            .. contenders.Where(job => job.Holds && room.TryTake(job.Kind, job.Devices)).Select(job => new Seat(job, job.Kind)),
        ];
        foreach (var job in contenders.Where(job => !job.Holds))
        {
            var open = Enumerable.Range(0, room.Kinds).Where(kind => job.CanRunOn(kind) && room.Free[kind] >= job.Devices).ToList();
            if (open.Count == 0 || !room.TryTake(open[job.Id % open.Count], job.Devices))
                break;

            seats.Add(new(job, open[job.Id % open.Count]));
        }

        return seats;
    }
}
