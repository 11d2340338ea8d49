using GpuScheduler.Client.Terminal;

namespace GpuScheduler.Client.Submission;

/// <summary>Variables that stand for flags: between directives and the command line in rank.</summary>
internal static class EnvironmentDefaults
{
    /// <summary>In order of rank: a later one wins.</summary>
    private static readonly (string Variable, string Flag)[] Table =
    [
        ("SBATCH_PARTITION", "--tier"),
        ("SBATCH_GRES", "--gres"),
        ("SBATCH_GPUS", "--gpus"),
        ("SBATCH_GPUS_PER_NODE", "--gpus-per-node"),
        ("SBATCH_GPUS_PER_TASK", "--gpus-per-node"),
        ("SBATCH_MEM_PER_NODE", "--mem"),
        ("SBATCH_MEM_PER_GPU", "--mem-per-gpu"),
        ("SBATCH_JOB_NAME", "--name"),
        ("SBATCH_TIMELIMIT", "--time"),
        ("SBATCH_ACCOUNT", "--account"),
        ("SBATCH_EXPORT", "--export"),
        ("SBATCH_OUTPUT", "--output"),
        ("SBATCH_ERROR", "--error"),
        ("GPUSCHED_TIER", "--tier"),
        ("GPUSCHED_GPUS", "--gpus"),
        ("GPUSCHED_CPUS", "--cpus"),
        ("GPUSCHED_MEM", "--mem"),
        ("GPUSCHED_TIME", "--time"),
        ("GPUSCHED_RETRIES", "--retries"),
    ];

    /// <summary>The flags that the surroundings ask for. Inside a job there are none: what the worker tells a job about
    /// itself, such as GPUSCHED_TIER, is no wish for the jobs that it submits.</summary>
    public static IEnumerable<(string Variable, string Flag)> Read(ClientContext context) =>
        context.Variable("GPUSCHED_JOB_ID").Length > 0
            ? []
            : Table.Where(entry => context.Variable(entry.Variable).Length > 0)
                .Select(entry => (entry.Variable, $"{entry.Flag}={context.Variable(entry.Variable)}"));
}
