using System.Globalization;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>How each tier fared, or whatever else jobs are told apart by, in figures.</summary>
internal static class TierSection
{
    public static Markup Of(PoolResult result) => Markup.Of($"""
        <section>
        <h2>By {result.By}</h2>
        <p class="note">Mean time to end beside the least that any order of the work could have had, with all cards as one and no restarts.</p>
        <div class="scroll"><table>
        <thead><tr><th>{result.By}</th><th>jobs</th><th>attempts</th><th>mean time to end</th><th>no order is below</th><th>99 %</th><th>mean wait</th><th>99 %</th></tr></thead>
        <tbody>
        {(result.Groups.Count > 1 ? result.Groups.Append(result.Whole) : [result.Whole]).Select(Row)}
        </tbody>
        </table></div>
        </section>
        """);

    private static Markup Row(JobGroup group) => Markup.Of($"""
        <tr><th>{group.Name}</th><td>{Count(group.Jobs)}</td><td>{Count(group.Attempts)}</td><td>{TimeText.Of(group.Jct.Mean)}</td><td>{TimeText.Of(group.BestMeanJct)}</td><td>{TimeText.Of(group.Jct.P99)}</td><td>{TimeText.Of(group.Wait.Mean)}</td><td>{TimeText.Of(group.Wait.P99)}</td></tr>

        """);

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
