using System.Globalization;
using GpuScheduler.Simulation.Input;

namespace GpuScheduler.Simulation.Tests.Support;

/// <summary>Allocated percent by arrived percent, as published for the openb trace.</summary>
internal static class PublishedCurves
{
    public static CsvRow Row(string workload, string policy, int seed) => CsvTable
        .Open(Path.Combine(Traces.Openb, "published_alloc_percent.csv.gz")).Rows
        .Single(
            row =>
                row.Text("workload") == workload && row.Text("sc_policy") == policy
                    && row.Text("seed") == seed.ToString(CultureInfo.InvariantCulture));
}
