namespace GpuScheduler.Core.Policies;

/// <summary>A policy that is an order: jobs are taken from the front, each on the fastest kind that has room for it.</summary>
/// <param name="key">Less is served first; equals stay as they stood last time, then in order of arrival.</param>
public sealed class RankedPolicy(string name, bool needsRunTimes, Func<Contender, double> key) : ISharingPolicy
{
    /// <summary>True: a job that doesn't fit keeps all behind it from starting. False: the next one may try.</summary>
    public bool Strict { get; init; }

    /// <summary>False: a job that holds cards keeps them to the end.</summary>
    public bool Preempts { get; init; } = true;

    public string Name => name;

    public bool NeedsRunTimes => needsRunTimes;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var seats = new List<Seat>();
        var rank = 0;
        var blocked = false;
        foreach (var job in contenders.OrderByDescending(Keeps).ThenBy(key).ThenBy(job => job.Rank))
        {
            job.Rank = rank++;
            if (!blocked && Place(job, room) is var kind and not Contender.Nowhere)
                seats.Add(new(job, kind));
            else
                blocked = Strict;
        }

        return seats;
    }

    private bool Keeps(Contender job) => !Preempts && job.Holds;

    private int Place(Contender job, Room room) =>
        !Keeps(job) ? FastestFree(job, room) : room.TryTake(job.Kind, job.Devices) ? job.Kind : Contender.Nowhere;

    private static int FastestFree(Contender job, Room room)
    {
        var kinds = Enumerable.Range(0, room.Kinds).Where(job.CanRunOn).OrderBy(kind => job.Pace[kind]);
        return kinds.Select(kind => (int?)kind).FirstOrDefault(kind => room.TryTake(kind!.Value, job.Devices)) ?? Contender.Nowhere;
    }
}
