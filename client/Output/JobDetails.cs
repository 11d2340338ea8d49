using System.Globalization;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>One job in full: a line a fact, then its attempts.</summary>
internal static class JobDetails
{
    private const int LabelWidth = 12;

    /// <param name="now">The present.</param>
    /// <param name="moments">By the clock of who asks.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static string Text(Job job, DateTimeOffset now, Moments moments, int width)
    {
        var lines = Facts(job, now, moments)
            .Where(fact => fact.Value.Length > 0)
            .Select(fact => (fact.Label + ":").PadRight(LabelWidth) + " " + PlainText.OneLine(fact.Value))
            .ToList();
        if (job.Acts.Count > 0)
            lines.AddRange(["Done to it:", .. ActLines.Of(job.Acts, moments).Select(line => "  " + line)]);
        if (job.Attempts.Count > 0)
            lines.AddRange(["Attempts:", .. AttemptTable.Lines(job, now, width - 2).Select(line => "  " + line)]);

        return string.Join('\n', lines);
    }

    private static IEnumerable<(string Label, string Value)> Facts(Job job, DateTimeOffset now, Moments moments) =>
    [
        ("Job", job.Id),
        ("Name", job.Spec.Name),
        ("User", job.Spec.User + (job.Spec.Project.Length > 0 ? $", project {job.Spec.Project}" : "")),
        ("State", moments.In(StateOf(job))),
        ("Tier", job.Tier + (job.TierDerived ? " (derived)" : "")),
        ("Priority", job.Spec.Priority == 0 ? "" : job.Spec.Priority.ToString(CultureInfo.InvariantCulture)),
        ("Asks for", Request(job)),
        (job.Nodes.Count > 1 ? "Nodes" : "Node", JobRows.NodeList(job)),
        ("Cards", Cards(job) + (job.OnLoan ? ", on loan" : "")),
        ("Exit code", ExitCode(job)),
        ("Submitted", moments.Text(job.SubmitTime)),
        ("Started", moments.Text(job.StartTime)),
        ("Ended", moments.Text(job.EndTime)),
        ("Run time", RunTime(job, now)),
        ("Deadline", moments.Text(job.Deadline)),
        ("Checkpoint", Checkpoint(job, moments)),
        ("Depends on", job.Spec.Dependency),
        ("Failures", Failures(job)),
        ("Runs", job.Spec.Script.Length > 0 ? Joined("script", job.Spec.ScriptArguments) : Joined("", job.Spec.Command)),
        ("Directory", job.Spec.WorkingDirectory),
        ("Output", job.Spec.Output),
        ("Comment", job.Spec.Comment),
        ("Left out", string.Join("; ", job.LeftOut)),
    ];

    private static string Failures(Job job) => job switch
    {
        { Failures: 0 } => "",
        { Spec: { HasRetries: true, Retries: 0 } } => $"{job.Failures}, and it was to be tried only once",
        { Spec: { HasRetries: true, Retries: var retries } } when job.Failures > retries =>
            $"{job.Failures}, {(retries == 1 ? "its only retry" : $"all {retries} retries")} used without progress",
        { Spec: { HasRetries: true, Retries: var retries } } => $"{job.Failures} of {retries} retries used without progress",
        _ => $"{job.Failures} of the default retries used without progress",
    };

    /// <summary>The state, and what is to be said of it.</summary>
    public static string StateOf(Job job)
    {
        var reason = job.Reason.Length > 0 ? $" ({job.Reason})" : "";
        return JobStates.Name(job.State) + reason + (job.ReasonText.Length > 0 ? $": {job.ReasonText}" : "");
    }

    private static string Request(Job job)
    {
        var cpus = job.CpuCores > 0 ? job.CpuCores : Math.Max(1, job.Spec.Cpus);
        var memory = job.MemoryMib > 0 ? $"{job.MemoryMib} MiB" : job.Spec.Memory;
        string[] parts =
        [
            job.Spec.Nodes > 1 ? $"{job.Spec.Nodes} nodes" : "",
            Gpus(job.Spec),
            job.Spec.Exclusive ? "a machine for itself" : "",
            job.Spec.SameCard ? "all elements on one kind of card" : "",
            $"{cpus} cpu",
            memory,
            job.Spec.TimeLimit.Length > 0 ? $"time limit {job.Spec.TimeLimit}" : "no time limit",
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static string Gpus(JobSpec spec)
    {
        if (spec.Gpus.Length == 0 && spec.GpuShare.Length == 0) return "no gpu";
        var share = spec.GpuShare.Length > 0 ? $"{spec.GpuShare} of " : "";
        var memory = spec.GpuMemory.Length > 0 ? $" with {spec.GpuMemory}" : "";
        var needs = string.Concat(
            spec.Precision.Length > 0 ? $", {spec.Precision}" : "",
            spec.MinDriver.Length > 0 ? $", driver {spec.MinDriver} or newer" : "",
            spec.MinCuda.Length > 0 ? $", CUDA {spec.MinCuda} or newer" : "");
        return $"gpus {share}{(spec.Gpus.Length > 0 ? spec.Gpus : "1")}{(spec.GpusPerNode ? " per node" : "")}{memory}{needs}";
    }

    private static string Cards(Job job) => job.DeviceModels.Count == job.Devices.Count
        ? string.Join(", ", job.Devices.Zip(job.DeviceModels, (uuid, model) => $"{uuid} ({CardNames.Short(model)})"))
        : string.Join(", ", job.Devices);

    private static string ExitCode(Job job) =>
        !job.HasExitCode ? "" : job.HasSignal && job.Signal > 0 ? $"{job.ExitCode} (signal {job.Signal})" : $"{job.ExitCode}";

    private static string Checkpoint(Job job, Moments moments)
    {
        var newest = job.HasCheckpointStep ? $"step {job.CheckpointStep} at {moments.Text(job.CheckpointTime)}" : "";
        var resumed = job.HasResumedFromStep ? $"{(newest.Length > 0 ? ", " : "")}resumed from step {job.ResumedFromStep}" : "";
        return newest + resumed;
    }

    private static string RunTime(Job job, DateTimeOffset now) => job.StartTime is null ? ""
        : Durations.WentBack(job.StartTime, job.EndTime) ? "unknown: its machine's clock was set back meanwhile"
        : Durations.Slurm(Durations.Between(job.StartTime, job.EndTime, now));

    private static string Joined(string first, IEnumerable<string> words) => string.Join(' ', words.Prepend(first)).Trim();
}
