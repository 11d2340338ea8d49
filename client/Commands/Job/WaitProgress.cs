using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>One line on a terminal that says how far the jobs are; nothing where nobody looks.</summary>
internal sealed class WaitProgress(Call call) : IDisposable
{
    private const string ClearLine = "\r\e[K";

    private bool shown;

    public void Show(IReadOnlyCollection<Job> jobs)
    {
        if (!call.Context.Console.ErrorIsTerminal)
            return;

        var line = Summary(jobs);
        call.Error.Write(ClearLine + (line.Length < call.Context.Console.Width ? line : line[..(call.Context.Console.Width - 1)]));
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
            call.Error.Write(ClearLine);

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
