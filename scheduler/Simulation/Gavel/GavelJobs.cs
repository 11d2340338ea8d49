using GpuScheduler.Core.Policies;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Gavel;

/// <summary>Work: <c>arrival_units</c> (mean gaps between arrivals), <c>job_type, scale_factor, total_steps</c>.</summary>
internal static class GavelJobs
{
    private const double Most = 1e15;

    /// <param name="gap">s of one unit.</param>
    /// <param name="times">The list is played this often, one after the other, so that jobs that come late meet as much work as those
    /// before.</param>
    public static IReadOnlyList<Contender> Read(CsvTable table, Throughputs throughputs, double gap, int times)
    {
        var rows = table.Rows.ToList();
        var length = rows.Count == 0 ? 0 : rows[^1].Decimal("arrival_units", 0, Most) + 1;
        return
        [
            .. Enumerable.Range(0, times * rows.Count).Select(
                id => Read(rows[id % rows.Count], id, (id / rows.Count) * length, throughputs, gap)),
        ];
    }

    /// <summary>What the job takes alone on its best kind, of the work it came with.</summary>
    public static double BestHours(Contender job) => (job.Remaining!.Value + job.Done) * job.BestPace / 3600;

    private static Contender Read(CsvRow row, int id, double shift, Throughputs throughputs, double gap)
    {
        var devices = row.Number("scale_factor", 1, 1);
        var pace = throughputs.Of(row.Text("job_type"), devices)
            ?? throw row.Fault("job_type", "one with a speed on some kind of card in the throughput file");
        return new(id, devices, (row.Decimal("arrival_units", 0, Most) + shift) * gap, pace)
        {
            Remaining = row.Decimal("total_steps", 0.001, Most),
        };
    }
}
