using System.Globalization;
using GpuScheduler.Client.Output;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>The demo's view of its jobs: where each is and how far, one line each in the order of submission.</summary>
internal static class DemoTable
{
    public static IReadOnlyList<string> Lines(IReadOnlyList<Job> jobs, DateTimeOffset now, int width) =>
        [.. FittedTable.Lines(Columns(now), jobs, width, color: false)];

    private static Column<Job>[] Columns(DateTimeOffset now) =>
    [
        new("JOB", job => job.Id),
        new("NAME", job => job.Spec.Name) { Minimum = 10 },
        new("TIER", job => job.Tier),
        new("STATE", job => JobStates.Name(job.State)),
        new("TIME", job => JobRows.Time(job, now)) { RightAligned = true, DropOrder = 1 },
        new("TRY", job => job.Attempt.ToString(CultureInfo.InvariantCulture)) { RightAligned = true },
        new("STEP",
            job =>
                job.HasCheckpointStep ? job.CheckpointStep.ToString(CultureInfo.InvariantCulture) : JobRows.None) { RightAligned = true },
        new("NODE(REASON)", JobRows.NodeOrReason) { Minimum = 12 },
        new("CARD", job => job.DeviceModels.Count > 0 ? CardNames.List(job.DeviceModels) : JobRows.None) { Minimum = 10, DropOrder = 2 },
    ];
}
