using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>Effective priorities, one job a line.</summary>
internal static class PriorityTable
{
    public static GrowingTable<JobPriority> Create(int width) => new(Columns, width, color: false);

    private static readonly Column<JobPriority>[] Columns =
    [
        new("JOBID", job => job.Id) { RightAligned = true },
        new("TIER", job => job.Tier) { Minimum = 5 },
        new("USER", job => job.User) { Minimum = 6 },
        new("ACCOUNT", job => job.Project.Length > 0 ? job.Project : JobRows.None) { Minimum = 7, DropOrder = 1 },
        new("PRIORITY", job => Points(job.Total) + (job.Overdue ? "*" : "")) { RightAligned = true },
        new("AGE", job => Points(job.Age)) { RightAligned = true },
        new("FAIRSHARE", job => Points(job.FairShare)) { RightAligned = true },
        new("DEADLINE", job => Points(job.Deadline)) { RightAligned = true },
        new("USERPRIO", job => Points(job.Priority)) { RightAligned = true },
    ];

    private static string Points(double points) => points.ToString("0.0", CultureInfo.InvariantCulture);
}
