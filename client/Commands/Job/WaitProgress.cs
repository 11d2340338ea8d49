using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>One line on a terminal that says how far the jobs are; nothing on a pipe.</summary>
internal sealed class WaitProgress(Call call) : IDisposable
{
    private bool shown;

    public void Show(IReadOnlyCollection<Job> jobs)
    {
        if (!call.Context.Console.ErrorIsTerminal)
            return;

        var (line, width) = (PlainText.OneLine(Summary(jobs)), call.Context.Console.Width);
        call.Error.Write(PlainWriter.ClearLine + (line.Length < width ? line : line[..(width - 1)]));
        shown = true;
    }

    public void Remark(string text)
    {
        Dispose();
        call.Remark(text);
    }

    /// <summary>"job 12 RUNNING on lab-a100, step 300", or counts when there are several.</summary>
    public static string Summary(IReadOnlyCollection<Job> jobs) => jobs.Count == 1 ? One(jobs.First()) : Several(jobs);

    public void Dispose()
    {
        if (shown)
            call.Error.Write(PlainWriter.ClearLine);

        shown = false;
    }

    private static string One(Job job)
    {
        var where = JobStates.HoldsDevices(job.State) ? $" on {job.Node}" : job.Reason.Length > 0 ? $" ({job.Reason})" : "";
        var step = job.HasCheckpointStep ? $", checkpoint at step {job.CheckpointStep}" : "";
        return $"job {job.Id} {JobStates.Name(job.State)}{where}{step}";
    }

    private static string Several(IReadOnlyCollection<Job> jobs)
    {
        var ended = jobs.Count(job => JobStates.HasEnded(job.State));
        var running = jobs.Count(job => JobStates.HoldsDevices(job.State));
        return $"{ended} of {jobs.Count} jobs ended, {running} running, {jobs.Count - ended - running} waiting";
    }
}
