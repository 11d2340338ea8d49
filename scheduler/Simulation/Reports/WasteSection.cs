using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>Where the time of each class went: what was of use, and what was wasted by which cause.</summary>
internal static class WasteSection
{
    private const double Hour = 3600;

    public static Markup Of(PoolResult result)
    {
        var classes = result.Classes.Select(entry => (Name: entry.Key.ToString().ToLowerInvariant(),
            Uses: Uses(entry.Value, result.Makespan).ToList())).ToList();
        return Markup.Of($"""
            <section>
            <h2>Where the time went</h2>
            <p class="legend"><span><i class="key w0"></i>useful</span><span><i class="key w1"></i>restarts</span><span><i class="key w2"></i>lost work</span><span><i class="key w3"></i>broken</span><span><i class="key w5"></i>closed</span><span><i class="key w4"></i>idle</span></p>
            <div class="bars">
            {classes.Select(grade => Bar(grade.Name, grade.Uses))}
            </div>
            <div class="scroll"><table>
            <thead><tr><th>hours of</th>{classes.Select(grade => Markup.Of($"<th>{grade.Name}</th>"))}</tr></thead>
            <tbody>
            {Causes(classes.SelectMany(grade => grade.Uses)).Select(cause => Markup.Of($"<tr><th>{cause}</th>{classes.Select(grade => Cell(grade.Uses, cause))}</tr>\n"))}
            </tbody>
            </table></div>
            </section>
            """);
    }

    /// <summary>By the order of the legend.</summary>
    private static IEnumerable<Use> Uses(ClassUse use, double until)
    {
        yield return new("useful", "w0", use.Useful);
        yield return new("restarts", "w1", use.Restart);
        foreach (var (cause, lost) in use.Lost)
            yield return new($"lost: {Words(cause)}", "w2", lost);

        yield return new("broken", "w3", use.Broken);
        yield return new("closed by hours", "w5", use.Closed);
        yield return new("idle", "w4", use.Idle(until));
    }

    private static string Words(EndCause cause) => cause switch
    {
        EndCause.Exited => "failed",
        EndCause.Cancelled => "cancelled",
        EndCause.TimeLimit => "time limit",
        EndCause.Preempted => "stopped for others",
        EndCause.Drained => "drained",
        EndCause.Fenced => "fenced",
        EndCause.Requeued => "requeued",
        EndCause.LaunchFailed or EndCause.NotHere or EndCause.Unstartable => "did not start",
        EndCause.NodeLost => "machine lost",
        EndCause.OutOfMemory => "out of memory",
        EndCause.RankFailed => "rank failed",
        EndCause.Closed => "closing hours",
    };

    private static IEnumerable<string> Causes(IEnumerable<Use> uses) =>
        uses.Where(use => use.Seconds > 0).GroupBy(use => use.Name).OrderBy(same => OrderOf(same.First().Style)).Select(same => same.Key);

    /// <summary>What is idle stands last.</summary>
    private static string OrderOf(string style) => style == "w4" ? "w9" : style;

    private static Markup Bar(string name, List<Use> uses)
    {
        var all = Math.Max(1e-9, uses.Sum(use => use.Seconds));
        var parts = uses.Where(use => use.Seconds > 0).Select(
            use =>
                Markup.Of(
                    $"<i class=\"{use.Style}\" style=\"flex-grow:{100 * use.Seconds / all}\" "
                        + $"title=\"{Write($"{use.Name}: {100 * use.Seconds / all:0.0} %, {use.Seconds / Hour:N1} h")}\"></i>"));
        return Markup.Of(
            $"<span>{name}</span><div class=\"bar\">{parts}</div><span "
                + $"class=\"number\">{Write($"{100 * uses[0].Seconds / all:0.0} % useful")}</span>");
    }

    private static Markup Cell(List<Use> uses, string name) =>
        Markup.Of($"<td>{(uses.Find(use => use.Name == name) is { } found ? Write($"{found.Seconds / Hour:N1}") : "–")}</td>");

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <param name="Style">A class of the stylesheet.</param>
    private sealed record Use(string Name, string Style, double Seconds);
}
