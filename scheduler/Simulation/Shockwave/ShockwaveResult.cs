using System.Globalization;
using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.Shockwave;

/// <param name="Makespan">s from time zero to the last completion.</param>
/// <param name="AverageJct">s from arrival to completion, mean.</param>
/// <param name="WorstRho">The largest of the jobs' ratios of completion time to run time alone times jobs a card.</param>
/// <param name="UnfairPercent">Jobs with a ratio above 1.05.</param>
/// <param name="Bound">s; no schedule has a smaller makespan.</param>
internal sealed record ShockwaveResult(
    string Policy, int Jobs, double Makespan, double AverageJct, double WorstRho, double UnfairPercent, double Bound)
    : ISimulationResult
{
    private const double Fair = 1.05;

    public static ShockwaveResult Of(string policy, IReadOnlyList<(ShockwaveJob Job, double Time)> ended, int cards)
    {
        var crowd = Math.Max(1, (double)ended.Count / cards);
        double[] times = [.. ended.Select(end => end.Time - end.Job.Facts.Arrival)];
        double[] ratios = [.. ended.Select((end, index) => times[index] / (end.Job.Duration * crowd))];
        return new(
            policy,
            ended.Count,
            ended.Max(end => end.Time),
            times.Average(),
            ratios.Max(),
            100.0 * ratios.Count(ratio => ratio > Fair) / ratios.Length,
            BoundOf([.. ended.Select(end => end.Job).OrderByDescending(job => job.Facts.Arrival)], cards));
    }

    public JsonObject ToJson(TimeSpan elapsed) => new()
    {
        ["makespanSeconds"] = Math.Round(Makespan, 3),
        ["avgJctSeconds"] = Math.Round(AverageJct, 3),
        ["worstRho"] = Math.Round(WorstRho, 5),
        ["unfairPercent"] = Math.Round(UnfairPercent, 3),
        ["makespanBoundSeconds"] = Math.Round(Bound, 3),
        ["policy"] = Policy,
        ["jobs"] = Jobs,
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
    };

    public string ToText(TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"policy {Policy}: {Jobs} jobs, makespan {Makespan:f0} s (no schedule is below {Bound:f0}), mean JCT {AverageJct:f0} s, worst rho "
            + $"{WorstRho:f2}, unfair {UnfairPercent:f1} % ({elapsed.TotalSeconds:f2} s)");

    /// <summary>
    /// No job ends before it has run, and what comes from some moment on can't be done before all cards have worked it off.
    /// </summary>
    /// <param name="lastFirst">By arrival.</param>
    private static double BoundOf(IReadOnlyList<ShockwaveJob> lastFirst, int cards)
    {
        var (bound, work) = (0.0, 0.0);
        foreach (var job in lastFirst)
        {
            work += job.Duration * job.Facts.Devices / cards;
            bound = Math.Max(bound, job.Facts.Arrival + Math.Max(job.Duration, work));
        }

        return bound;
    }
}
