using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>sacct's default columns, as far as the scheduler keeps them.</summary>
internal static class AccountingTable
{
    public static GrowingTable<Job> Create(int width, bool color) => new(Columns, width, color);

    private static readonly Column<Job>[] Columns =
    [
        new("JobID", job => job.Id),
        new("JobName", job => job.Spec.Name) { Minimum = 10 },
        new("Partition", job => job.Tier) { Minimum = 10 },
        new("Account", job => job.Spec.Project) { Minimum = 10, DropOrder = 1 },
        new("AllocCPUS", job => job.CpuCores.ToString(CultureInfo.InvariantCulture)) { RightAligned = true },
        new("State", job => JobStates.Name(job.State)) { Color = job => Colors.Of(job.State) },
        new("ExitCode", ExitCode) { RightAligned = true },
    ];

    /// <summary>code:signal; a code above 128 that only repeats the signal reads 0.</summary>
    private static string ExitCode(Job job)
    {
        if (job.HasSignal && job.Signal > 0)
            return $"0:{job.Signal}";

        return $"{(job.HasExitCode ? job.ExitCode : 0)}:0";
    }
}
