using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Pools;

namespace GpuScheduler.Simulation.Reports;

/// <summary>Which share of a class was closed, or broken, over time. It hangs from the top of a chart: work can't reach it.</summary>
internal sealed class DownBins
{
    private readonly string name;
    private readonly double[] shares;
    private readonly double[] above;

    private DownBins(string name, double[] shares, double[] above) => (this.name, this.shares, this.above) = (name, shares, above);

    public Markup Hanging => Plot.Area(
        $"down {name}",
        [.. shares.Select((share, bin) => 1 - above[bin] - share)],
        [.. above.Select(share => 1 - share)]);

    /// <returns>None where none of the class ever was.</returns>
    public static IReadOnlyList<DownBins> Of(PoolResult result, DeviceClass grade, TimeAxis axis)
    {
        if (!DownLegend.Any(result))
            return [];

        var broken = Shares(result, grade, axis, result.Downtime.Broken);
        var closed = Shares(result, grade, axis, result.Downtime.Closed);
        return
        [
            .. ((DownBins[])[new("broken", broken, new double[Bins.Count]), new("closed", closed, broken)])
                .Where(kind => kind.shares.Any(share => share > 0)),
        ];
    }

    public string Words(int bin) => shares[bin] >= 0.005 ? string.Create(CultureInfo.InvariantCulture, $", {100 * shares[bin]:0} % {name}") : "";

    private static double[] Shares(
        PoolResult result, DeviceClass grade, TimeAxis axis, Func<string, string, IReadOnlyList<(double Start, double End)>> when)
    {
        var bins = new Bins(axis.Until);
        foreach (var (node, card, amount) in Parts(result, grade))
        {
            foreach (var (start, end) in when(node, card))
                bins.Add(start, Math.Min(end, axis.Until), amount);
        }

        var all = Math.Max(1, result.Classes[grade].Capacity);
        return [.. Enumerable.Range(0, Bins.Count).Select(bin => bins[bin] / all)];
    }

    /// <summary>Cards of the class, or a machine's cores.</summary>
    private static IEnumerable<(string Node, string Card, double Amount)> Parts(PoolResult result, DeviceClass grade) =>
        grade == DeviceClass.Cpu
            ? result.CoresOfNodes.Select(node => (node.Key, "", (double)node.Value))
            : result.CardsByNode().Where(card => card.Card.Class == grade).Select(card => (card.Node, card.Card.Uuid, 1.0));
}
