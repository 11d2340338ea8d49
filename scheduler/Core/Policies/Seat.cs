namespace GpuScheduler.Core.Policies;

/// <summary>A job and the kind of card it holds.</summary>
/// <param name="Pace">s that one unit of work takes in this seat; more than the job's own pace where it shares its cards.</param>
/// <param name="Mates">Everyone on these cards, the job itself included.</param>
public readonly record struct Seat(Contender Job, int Kind, double Pace, IReadOnlyList<Contender> Mates)
{
    public Seat(Contender job, int kind)
        : this(job, kind, job.Pace[kind], [job])
    {
    }
}
