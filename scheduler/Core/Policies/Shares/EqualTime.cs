namespace GpuScheduler.Core.Policies.Shares;

/// <summary>Every job gets the same time, however many cards it takes. What Shockwave's authors call Gandiva-Fair.</summary>
public sealed class EqualTime : ITimeShares
{
    public bool NeedsRunTimes => false;

    public IReadOnlyList<double> Divide(IReadOnlyList<Contender> contenders, int cards, double now) =>
        [.. contenders.Select(_ => Math.Min(1, (double)cards / contenders.Count))];
}
