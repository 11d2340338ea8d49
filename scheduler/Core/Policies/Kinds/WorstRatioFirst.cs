namespace GpuScheduler.Core.Policies.Kinds;

/// <summary>
/// Finish-time fairness, after Themis (Mahajan et al., NSDI 2020), in rounds: a job's ratio is the time from its arrival to its end if
/// it ran on from now, over what it would take with an n-th of the cards to itself, n being how many share them now. The job whose
/// ratio is worst goes first, on the kind that is fastest for it. Themis has jobs bid for cards among those that are worst off; here
/// they are simply first.
/// </summary>
public sealed class WorstRatioFirst : ISharingPolicy
{
    public string Name => "finish-time-fair";

    public bool NeedsRunTimes => true;

    public IReadOnlyList<Seat> Share(IReadOnlyList<Contender> contenders, Room room, double now)
    {
        var share = contenders.Count == 0 ? 0 : (double)room.Free.Sum() / contenders.Count;
        return new RankedPolicy(Name, NeedsRunTimes, job => -Ratio(job, share, now)).Share(contenders, room, now);
    }

    /// <param name="share">Cards that fall to each, if all have the same.</param>
    private static double Ratio(Contender job, double share, double now)
    {
        var alone = job.RemainingTime + (job.Done * job.BestPace);
        return (now - job.Arrival + job.RemainingTime) / (alone / Math.Min(1, share / job.Devices));
    }
}
