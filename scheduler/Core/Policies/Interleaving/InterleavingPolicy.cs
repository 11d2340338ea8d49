namespace GpuScheduler.Core.Policies.Interleaving;

/// <summary>Least card-seconds first, and where not everyone fits, up to four jobs of equal width take turns on the same cards:
/// the next in line come in, and those share who lose least of the work done per second. When no more work
/// seems to come, a job that alone needs nearly as long as all of it together decides when the pool is empty: it has cards to itself. For
/// cards of one kind.</summary>
public sealed class InterleavingPolicy(SharedPace paces) : ISharingPolicy
{
    /// <summary>Of the time in which all could be done; the rest is for what that leaves out, as in <see cref="CriticalFirst"/>.</summary>
    private const double Nearly = 0.9;

    public string Name => "default";

    public bool NeedsRunTimes => true;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var groups = Grouped(contenders, room);
        var critical = Critical(contenders, groups.Sum(group => group.Rate), now);
        if (critical.Count > 0)
        {
            room.Clear();
            var apart = critical.Where(job => room.TryTake(0, job.Devices)).ToList();
            groups = [.. apart.Select(Alone), .. Grouped([.. contenders.Except(apart)], room)];
        }

        room.Clear();
        return [.. groups
            .OrderByDescending(group => group.Devices)
            .Where(group => room.TryTake(0, group.Devices))
            .SelectMany(group => group.Jobs.Select(job => new Seat(job, 0, group.Pace, group.Jobs)))];
    }

    /// <summary>Who decides when the pool is empty, if that can be foreseen: nothing has come for as long as is left to do.</summary>
    /// <param name="rate">Work done per second, each job's counted on each of its cards.</param>
    private static List<Contender> Critical(IReadOnlyList<Contender> contenders, double rate, double now)
    {
        if (contenders.Count == 0)
            return [];

        var work = contenders.Sum(job => job.RemainingTime * job.Devices) / rate;
        var left = Math.Max(work, contenders.Max(job => job.RemainingTime));
        return now - contenders.Max(job => job.Arrival) < left
            ? []
            :
            [
                .. contenders.Where(job => job.RemainingTime >= Nearly * left).OrderByDescending(job => job.RemainingTime)
                .ThenBy(job => job.Id),
            ];
    }

    private CardGroup Alone(Contender job) => CardGroup.Alone(job, job.Devices, paces);

    /// <summary>Who shares what is free.</summary>
    private IReadOnlyList<CardGroup> Grouped(IReadOnlyList<Contender> contenders, Room room)
    {
        var free = room.Free[0];
        var merging = new Merging([.. Invited(contenders, room).Select(Alone)], paces);
        merging.FitInto(free);
        return merging.Groups;
    }

    /// <summary>A job that would get cards of its own brings along the next of its width, as many as may share.</summary>
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
