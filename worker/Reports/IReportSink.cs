using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Reports;

/// <summary>Takes what happens to attempts; everything that the scheduler must hear goes through here, in order.</summary>
internal interface IReportSink
{
    /// <summary>Gives the report its number and sees to it that it arrives.</summary>
    /// <returns>True: it survives the agent. False: the disk takes nothing now, and it is in memory until that does.</returns>
    Task<bool> AppendAsync(Report report);
}
