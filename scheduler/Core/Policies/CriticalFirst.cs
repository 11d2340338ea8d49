namespace GpuScheduler.Core.Policies;

/// <summary>
/// Short jobs first, without paying for it at the end. All work can't end before the longest job, nor before the cards have done
/// it; a job that alone takes nearly as long as that decides when the pool is empty, so it runs now. Every other goes by what it
/// has left: most are served soon, and none is kept waiting for long in comparison with its own length. For known run times.
/// </summary>
public sealed class CriticalFirst : ISharingPolicy
{
    /// <summary>
    /// Of the time in which all could be done; the rest is for what that leaves out: restarts, and cards that fit no job.
    /// </summary>
    private const double Nearly = 0.9;

    public string Name => "default";

    public bool NeedsRunTimes => true;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var longest = contenders.Max(job => job.RemainingTime);
        var work = contenders.Sum(job => job.RemainingTime * job.Devices) / room.Free.Sum();
        var critical = Nearly * Math.Max(longest, work);
        return new RankedPolicy(Name, NeedsRunTimes, job => job.RemainingTime is var left && left >= critical ? -left : left).Share(
            contenders, room, now);
    }
}
