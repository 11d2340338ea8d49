using System.Globalization;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Checkpoints;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// An attempt's environment: a base from the agent's own, over it what the job asked for, over that what the scheduler says.
/// The agent's other variables (its token among them) never reach a job.
/// </summary>
internal static class AttemptEnvironment
{
    /// <summary>Carries the attempt's folder, unique on the machine: processes that left the session are found by it.</summary>
    public const string Marker = "GPUSCHED_ATTEMPT_FOLDER";

    /// <summary>The whole entry, as /proc shows it in the environment of an attempt's processes.</summary>
    public static string MarkerOf(AttemptFolder folder) => $"{Marker}={folder.Path}";

    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string[] Inherited =
    [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "CUDA_HOME", "CUDA_PATH",
        "SSL_CERT_FILE", "SSL_CERT_DIR",
    ];

    public static Dictionary<string, string> Build(
        Dispatch dispatch,
        AttemptSetting setting,
        IReadOnlyDictionary<string, string> agent)
    {
        var environment = Base(agent);
        foreach (var (name, value) in dispatch.Spec.Environment)
            environment[name] = value;
        environment.TryAdd("OMP_NUM_THREADS", Math.Max(1, dispatch.CpuCores).ToString(CultureInfo.InvariantCulture));
        environment["PWD"] = setting.WorkingDirectory;
        AddWayToScheduler(environment, setting.Node);
        AddOwn(environment, dispatch, setting);
        if (dispatch.GpuMilli > 0) SharedCard.AddTo(environment, dispatch);
        AddCheckpoint(environment, setting.Checkpoint);
        SlurmEnvironment.AddTo(environment, dispatch, setting);
        GangEnvironment.AddTo(environment, dispatch, setting);
        return environment;
    }

    private static Dictionary<string, string> Base(IReadOnlyDictionary<string, string> agent)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = DefaultPath };
        foreach (var (name, value) in agent)
        {
            if (Inherited.Contains(name) || name.StartsWith("LC_", StringComparison.Ordinal))
                environment[name] = value;
        }

        return environment;
    }

    /// <summary>So that "gpusched requeue $GPUSCHED_JOB_ID" works in a job; what the job has of its own goes first.</summary>
    private static void AddWayToScheduler(Dictionary<string, string> environment, NodeFacts node)
    {
        if (node.Server.Length > 0)
            environment.TryAdd("GPUSCHED_SERVER", node.Server);
        if (node.Programs.Length > 0 && environment["PATH"] is { Length: > 0 } path && !path.Split(':').Contains(node.Programs))
            environment["PATH"] = $"{path}:{node.Programs}";
    }

    private static void AddOwn(Dictionary<string, string> environment, Dispatch dispatch, AttemptSetting setting)
    {
        setting.Node.Cards.AddTo(environment, dispatch.Devices);
        environment["GPUSCHED_JOB_ID"] = dispatch.JobId;
        environment["GPUSCHED_ATTEMPT"] = dispatch.Attempt.ToString(CultureInfo.InvariantCulture);
        environment["GPUSCHED_TIER"] = dispatch.Tier;
        environment["GPUSCHED_NODE"] = setting.Node.Name;
        environment["GPUSCHED_CPUS"] = dispatch.CpuCores.ToString(CultureInfo.InvariantCulture);
        environment["GPUSCHED_MEMORY_MIB"] = dispatch.MemoryMib.ToString(CultureInfo.InvariantCulture);
        environment["GPUSCHED_PREVIOUS_END"] = Words(dispatch.PreviousEnd);
        environment[Marker] = setting.Folder.Path;
        if (dispatch.HasArrayIndex)
            environment["GPUSCHED_ARRAY_INDEX"] = dispatch.ArrayIndex.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Set only for jobs with a checkpoint contract; the two about resuming are empty when there is nothing to resume.</summary>
    private static void AddCheckpoint(Dictionary<string, string> environment, CheckpointStart? checkpoint)
    {
        if (checkpoint is null)
            return;
        environment["GPUSCHED_CHECKPOINT_DIR"] = checkpoint.Directory;
        environment["GPUSCHED_RESUME_FROM"] = checkpoint.ResumeFrom?.FullPath ?? "";
        environment["GPUSCHED_RESUME_STEP"] = checkpoint.ResumeFrom?.Step.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>"preempted", "time_limit", …: the wire's name without its prefix; empty for a first attempt.</summary>
    private static string Words(EndCause cause) => cause == EndCause.Unspecified
        ? ""
        : string.Concat(cause.ToString().Select((letter, i) =>
            char.IsUpper(letter) && i > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
