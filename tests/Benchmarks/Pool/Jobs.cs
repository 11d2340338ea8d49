using GpuScheduler.Protos.V1;

namespace GpuScheduler.Benchmarks.Pool;

/// <summary>The jobs that benchmarks submit: one core, no card.</summary>
internal static class Jobs
{
    public static SubmitJobRequest Single(params string[] command) => Single("", command);

    public static SubmitJobRequest Single(string output, string[] command) => new()
    {
        Spec = new JobSpec
        {
            Name = "bench", User = "bench", Tier = "preprocessing", Cpus = 1, Memory = "16MiB", Output = output, Command = { command },
        },
    };

    public static SubmitJobsRequest Batch(int count, params string[] command) =>
        new() { Jobs = { Enumerable.Range(0, count).Select(_ => Single(command)) } };

    public static bool HasEnded(JobState state) =>
        state is JobState.Completed or JobState.Failed or JobState.Timeout or JobState.OutOfMemory
        or JobState.NodeFail or JobState.Preempted or JobState.Cancelled;
}
