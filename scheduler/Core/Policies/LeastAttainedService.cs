namespace GpuScheduler.Core.Policies;

/// <summary>Two-dimensional least attained service, after Tiresias (Gu et al., NSDI 2019): cards times seconds held so far put a
/// job into one of few queues; earlier queues go first, each queue in the order of entry, and a job that runs stays ahead of one that
/// waits in the same queue. Needs no run times. Cards are counted without regard to nodes, as its reference does.</summary>
/// <param name="limits">Card-seconds at which a job leaves each queue but the last.</param>
public sealed class LeastAttainedService(IReadOnlyList<double> limits) : ISharingPolicy
{
    /// <summary>The limits of Tiresias' reference, in card-seconds.</summary>
    public static IReadOnlyList<double> UsualLimits { get; } = [3250, 7200];

    public string Name => "las";

    public bool NeedsRunTimes => false;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var seated = new List<Seat>();
        var standing = Queue(contenders);
        var waiting = new List<Contender>();
        foreach (var job in standing)
        {
            if (Enumerable.Range(0, room.Kinds).Where(job.CanRunOn).Cast<int?>()
                .FirstOrDefault(kind => room.TryTakeAnywhere(kind!.Value, job.Devices)) is { } kind)
                seated.Add(new(job, kind));
            else
                waiting.Add(job);
        }

        Renumber([.. seated.Select(seat => seat.Job), .. waiting]);
        return seated;
    }

    /// <summary>The next moment at which a job that runs reaches the limit of its queue.</summary>
    public double NextChange(IReadOnlyList<Contender> contenders, double now) => contenders
        .Where(job => job.Holds && job.Level < limits.Count)
        .Select(job => Math.Ceiling(limits[job.Level] * job.UnitsOfCard / job.Devices) - job.Attained + now)
        .DefaultIfEmpty(double.PositiveInfinity)
        .Min();

    /// <summary>Those that have reached their limit go to the end of the next queue.</summary>
    private IEnumerable<Contender> Queue(IReadOnlyList<Contender> contenders)
    {
        var last = int.MaxValue / 2;
        foreach (var job in contenders.Where(job => job.Holds && job.Level < limits.Count && job.AttainedService >= limits[job.Level]))
            (job.Level, job.Rank) = (job.Level + 1, last++);

        return contenders.OrderBy(job => job.Level).ThenBy(job => job.Rank);
    }

    private static void Renumber(IEnumerable<Contender> standing)
    {
        var rank = 0;
        foreach (var job in standing)
            job.Rank = rank++;
    }
}
