using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Reports;

/// <summary>Takes what happens to attempts; everything that the scheduler must hear goes through here, in order.</summary>
internal interface IReportSink
{
    /// <summary>Gives the report its number; completes when it survives the agent.</summary>
    Task AppendAsync(Report report);
}
