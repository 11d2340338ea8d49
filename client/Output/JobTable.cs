using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>The queue as squeue's users know it, with cards.</summary>
internal static class JobTable
{
    public const string Empty = "no jobs waiting or running";

    public static IEnumerable<string> Lines(IEnumerable<Job> jobs, DateTimeOffset now, int width, bool color) =>
        FittedTable.Lines(Columns(now, slurmHeader: false), ArrayRows.Collapse(jobs), width, color);

    /// <summary>For rows that come page by page.</summary>
    public static GrowingTable<Job> Create(DateTimeOffset now, int width, bool color, bool slurmHeader) =>
        new(Columns(now, slurmHeader), width, color);

    private static Column<Job>[] Columns(DateTimeOffset now, bool slurmHeader) =>
    [
        new("JOBID", job => job.Id),
        new(slurmHeader ? "PARTITION" : "TIER", job => job.Tier) { Minimum = 9 },
        new("NAME", job => job.Spec.Name) { Minimum = 8 },
        new("USER", job => job.Spec.User) { Minimum = 6, DropOrder = 2 },
        new("ST", job => JobStates.Code(job.State)) { Color = job => Colors.Of(job.State) },
        new("TIME", job => JobRows.Time(job, now)) { RightAligned = true },
        new("NODES", JobRows.Nodes) { RightAligned = true, DropOrder = 1 },
        new("GPUS", JobRows.Gpus) { RightAligned = true, DropOrder = 4 },
        new("CARD", JobRows.Card) { Minimum = 10, DropOrder = 3 },
        new("NODELIST(REASON)", JobRows.NodeOrReason) { Minimum = 16 },
    ];
}
