namespace GpuScheduler.Core.Policies.Shares;

/// <summary>Every job gets what it needs to end together with all others, as early as that can be. Called OSSP (open shop) by
/// Shockwave's authors, minimum total duration by Gavel's.</summary>
public sealed class LeastMakespan : ITimeShares
{
    public bool NeedsRunTimes => true;

    public IReadOnlyList<double> Divide(IReadOnlyList<Contender> contenders, int cards, double now)
    {
        var together = Math.Max(contenders.Max(job => job.RemainingTime), contenders.Sum(job => job.RemainingTime * job.Devices) / cards);
        return [.. contenders.Select(job => job.RemainingTime / together)];
    }
}
