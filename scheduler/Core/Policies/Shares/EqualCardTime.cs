namespace GpuScheduler.Core.Policies.Shares;

/// <summary>Every job gets the same card-seconds; what one can't use goes to the others. On equal cards that is Gavel's max-min
/// fairness.</summary>
public sealed class EqualCardTime : ITimeShares
{
    public bool NeedsRunTimes => false;

    public IReadOnlyList<double> Divide(IReadOnlyList<Contender> contenders, int cards, double now)
    {
        var (left, sharing) = ((double)cards, contenders.Count);
        foreach (var job in contenders.OrderBy(job => job.Devices).TakeWhile(job => job.Devices <= left / sharing))
            (left, sharing) = (left - job.Devices, sharing - 1);

        var level = sharing == 0 ? double.PositiveInfinity : left / sharing;
        return [.. contenders.Select(job => Math.Min(1, level / job.Devices))];
    }
}
