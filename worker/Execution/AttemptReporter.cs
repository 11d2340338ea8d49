using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Reports;

namespace GpuScheduler.Worker.Execution;

/// <summary>Signs one attempt's reports.</summary>
internal sealed class AttemptReporter(AttemptKey key, IReportSink sink, AttemptClock clock)
{
    public Task StartedAsync(AttemptStarted started) => SendAsync(new() { Started = started });

    public Task StoppingAsync(EndCause cause) => SendAsync(new() { Stopping = new() { Cause = cause } });

    public Task CheckpointAsync(Checkpoint checkpoint)
    {
        checkpoint.Time = Timestamp.FromDateTimeOffset(clock.Now());
        return SendAsync(new() { Checkpoint = checkpoint });
    }

    /// <returns>False while it is in memory only, as the disk is full.</returns>
    public Task<bool> EndedAsync(AttemptEnded ended) => SendAsync(new() { Ended = ended });

    private Task<bool> SendAsync(Report report)
    {
        report.JobId = key.JobId;
        report.Attempt = key.Attempt;
        report.Time = Timestamp.FromDateTimeOffset(clock.Now());
        return sink.AppendAsync(report);
    }
}
