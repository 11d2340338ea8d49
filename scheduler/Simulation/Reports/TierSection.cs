using System.Globalization;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>How each tier fared, in figures.</summary>
internal static class TierSection
{
    public static Markup Of(PoolResult result) => Markup.Of($"""
        <section>
        <h2>Tiers</h2>
        <div class="scroll"><table>
        <thead><tr><th>tier</th><th>jobs</th><th>attempts</th><th>mean time to end</th><th>99 %</th><th>mean wait</th><th>99 %</th></tr></thead>
        <tbody>
        {result.Jobs.Where(job => job.Tier.Length > 0).GroupBy(job => job.Tier).OrderBy(tier => tier.Key, StringComparer.Ordinal).Select(tier => Row(tier.Key, [.. tier]))}
        </tbody>
        </table></div>
        </section>
        """);

    private static Markup Row(string tier, IReadOnlyList<JobRecord> jobs)
    {
        var (jct, wait) = (Distribution.Of(jobs.Select(job => job.Jct)), Distribution.Of(jobs.Select(job => job.Wait)));
        return Markup.Of($"""
            <tr><th>{tier}</th><td>{Count(jobs.Count)}</td><td>{Count(jobs.Sum(job => job.Attempts))}</td><td>{TimeText.Of(jct.Mean)}</td><td>{TimeText.Of(jct.P99)}</td><td>{TimeText.Of(wait.Mean)}</td><td>{TimeText.Of(wait.P99)}</td></tr>

            """);
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
