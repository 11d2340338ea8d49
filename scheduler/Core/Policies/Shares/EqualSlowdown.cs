namespace GpuScheduler.Core.Policies.Shares;

/// <summary>
/// Finish-time fairness, after Themis (Mahajan et al., NSDI 2020): no job shall end much later than with an n-th of the cards to
/// itself, n being how many there were while it was. Shares are such that the worst of these ratios is as small as can be.
/// </summary>
public sealed class EqualSlowdown : ITimeShares
{
    /// <summary>Halvings of the interval in which the ratio lies; far finer than a round.</summary>
    private const int Halvings = 50;

    private const double WorstRatio = 1000;

    private readonly Dictionary<int, (double SoFar, double Left, double Pace)> alone = [];

    public bool NeedsRunTimes => true;

    public IReadOnlyList<double> Divide(IReadOnlyList<Contender> contenders, int cards, double now)
    {
        double[] fair = [.. contenders.Select(job => FairTime(job, Math.Min(1, (double)cards / contenders.Count / job.Devices)))];
        double[] Parts(double ratio) => [.. contenders.Select((job, index) => PartFor(job, (ratio * fair[index]) - (now - job.Arrival)))];

        var (low, high) = (0.0, WorstRatio);
        for (var step = 0; step < Halvings; step++)
        {
            var middle = (low + high) / 2;
            var parts = Parts(middle);
            var fits = parts.All(part => part <= 1) && parts.Zip(contenders).Sum(pair => pair.First * pair.Second.Devices) <= cards;
            (low, high) = fits ? (low, middle) : (middle, high);
        }

        return [.. Parts(high).Select(part => Math.Min(1, part))];
    }

    private static double PartFor(Contender job, double timeLeft) => timeLeft > 0 ? job.RemainingTime / timeLeft : double.PositiveInfinity;

    /// <summary>s that the job would have taken with its fair part of the cards, all in all: what it did so far at the parts of those
    /// times, the rest at today's.</summary>
    private double FairTime(Contender job, double part)
    {
        var before = alone.GetValueOrDefault(job.Id, (SoFar: 0, Left: job.RemainingTime, Pace: part));
        var soFar = before.SoFar + ((before.Left - job.RemainingTime) / before.Pace);
        alone[job.Id] = (soFar, job.RemainingTime, part);
        return soFar + (job.RemainingTime / part);
    }
}
