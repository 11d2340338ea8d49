namespace GpuScheduler.Core.Policies.Shares;

/// <summary>As many steps a second as the cards can do, whichever jobs do them: those with most steps a card-second go first.</summary>
public sealed class MostThroughput : ITimeShares
{
    public bool NeedsRunTimes => false;

    public IReadOnlyList<double> Divide(IReadOnlyList<Contender> contenders, int cards, double now)
    {
        var left = (double)cards;
        var parts = new double[contenders.Count];
        foreach (var index in Enumerable.Range(0, parts.Length).OrderBy(index => contenders[index].BestPace * contenders[index].Devices))
        {
            parts[index] = Math.Clamp(left / contenders[index].Devices, 0, 1);
            left -= parts[index] * contenders[index].Devices;
        }

        return parts;
    }
}
