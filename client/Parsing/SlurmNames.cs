using GpuScheduler.Client.Calls;

namespace GpuScheduler.Client.Parsing;

/// <summary>What Slurm's commands mean here, for fingers that type them. A link named sbatch to gpusched is enough.</summary>
internal static class SlurmNames
{
    /// <summary>The wrapper of a checkout names the link it was called through in this variable.</summary>
    public const string Variable = "GPUSCHED_ARGV0";

    private static readonly string[] Known =
        ["sbatch", "squeue", "sinfo", "scancel", "sacct", "sprio", "sshare", "srun", "salloc", "scontrol"];

    /// <summary>Where sbatch writes what a job says, unless it is told otherwise: in the job's working directory.</summary>
    public const string Output = "slurm-%j.out";

    /// <inheritdoc cref="Output"/>
    public const string ArrayOutput = "slurm-%A_%a.out";

    /// <summary>The name that a person typed: that of a link to the program itself, else what the wrapper says.</summary>
    /// <param name="program">As the kernel has it, with its folder.</param>
    /// <param name="wrapper">The value of <see cref="Variable"/>.</param>
    public static string CalledAs(string program, string wrapper) =>
        Path.GetFileName(program) is var own && Known.Contains(own) ? own : Path.GetFileName(wrapper);

    public static bool IsSbatch(string calledAs) => calledAs == "sbatch";

    /// <summary>The words to put before the user's, or null when the name is none of Slurm's.</summary>
    public static IReadOnlyList<string>? Translate(string calledAs) => calledAs switch
    {
        "sbatch" => ["submit"],
        "squeue" => ["queue"],
        "sinfo" => ["nodes"],
        "scancel" => ["cancel"],
        "sacct" => ["queue", "--all"],
        "sprio" => ["prio"],
        "sshare" => ["share"],
        "srun" =>
            throw CommandException.Usage(
                "srun: jobs run in the background here; use 'gpusched submit --wait -- COMMAND', then 'gpusched logs ID'"),
        "salloc" => throw CommandException.Usage("salloc: interactive allocations aren't supported; use 'gpusched submit -- COMMAND'"),
        "scontrol" =>
            throw CommandException.Usage("scontrol: use 'gpusched show ID', 'hold', 'release', 'requeue', 'drain NODE' or 'resume NODE'"),
        _ => null,
    };
}
