using GpuScheduler.Client.Output;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>A job's end as an exit code and as a line for people.</summary>
internal static class JobEnding
{
    /// <summary>The job's own code, 128 + n when signal n ended it; 1 when it never got so far as to have one.</summary>
    public static int ExitCodeOf(Job job)
    {
        if (job.State == JobState.Completed)
            return 0;

        if (job.HasExitCode && job.ExitCode != 0)
            return job.ExitCode;

        return job.HasSignal && job.Signal > 0 ? 128 + job.Signal : 1;
    }

    public static string Describe(Job job)
    {
        var code = job.State == JobState.Completed ? "" : $", exit code {ExitCodeOf(job)}";
        var why = job.ReasonText.Length > 0 ? $": {job.ReasonText}" : "";
        return PlainText.OneLine($"job {job.Id} {JobStates.Name(job.State)}{code}{why}");
    }
}
