namespace GpuScheduler.Core.Policies.Interleaving;

/// <summary>Least card-seconds first, and where not everyone fits, up to four jobs of equal width take turns on the same cards:
/// the next in line come in, and those share who lose least of the work done per second. For cards of one kind.</summary>
public sealed class InterleavingPolicy(SharedPace paces) : ISharingPolicy
{
    public string Name => "default";

    public bool NeedsRunTimes => true;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var merging = new Merging([.. Invited(contenders, room).Select(job => CardGroup.Alone(job, job.Devices, paces))], paces);
        room.Clear();
        merging.FitInto(room.Free[0]);
        return [.. merging.Groups
            .OrderByDescending(group => group.Devices)
            .Where(group => room.TryTake(0, group.Devices))
            .SelectMany(group => group.Jobs.Select(job => new Seat(job, 0, group.Pace, group.Jobs)))];
    }

    /// <summary>Whoever would get cards of his own brings along the next of his width, as many as may share.</summary>
    private HashSet<Contender> Invited(IEnumerable<Contender> contenders, Room room)
    {
        var order = contenders.OrderBy(job => job.RemainingTime * job.Devices).ThenBy(job => job.Id).ToList();
        var queues = order.GroupBy(job => job.Devices).ToDictionary(width => width.Key, width => new Queue<Contender>(width));
        var invited = new HashSet<Contender>();
        foreach (var job in order.Where(job => !invited.Contains(job) && room.TryTake(0, job.Devices)))
        {
            for (var seat = 0; seat < paces.Most && queues[job.Devices].TryDequeue(out var next); seat++)
                invited.Add(next);
        }

        return invited;
    }
}
