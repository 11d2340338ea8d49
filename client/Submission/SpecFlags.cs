using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace GpuScheduler.Client.Submission;

/// <summary>The flags that describe a job, on the command line and in a script's directives alike. Expressions go to the
/// scheduler as written: it alone knows what they mean.</summary>
internal sealed class SpecFlags
{
    private readonly List<(Option Option, Action<ParseResult, SubmissionDraft> Apply)> entries = [];

    public SpecFlags()
    {
        AddResources();
        AddOrder();
        AddCheckpoints();
        AddSurroundings();
        AddManners();
    }

    public IEnumerable<Option> Options => entries.Select(entry => entry.Option);

    /// <summary>Lays what was given over the draft; what wasn't given stays. In the order given: of two flags that say the same
    /// in two ways, such as --gres and --gpus, the last counts.</summary>
    /// <param name="flags">With their values.</param>
    /// <param name="given">As "--name" or "--name=value", in order.</param>
    /// <param name="draft">Is changed.</param>
    public void Apply(ParseResult flags, IReadOnlyList<string> given, SubmissionDraft draft)
    {
        var places = given.Select((flag, place) => (Name: flag.Split('=', 2)[0], place)).ToLookup(flag => flag.Name, flag => flag.place);
        foreach (var (option, apply) in entries.Where(entry => places.Contains(entry.Option.Name))
            .OrderBy(entry => places[entry.Option.Name].Last()))
        {
            if (flags.GetResult(option) is { Implicit: false })
                apply(flags, draft);
        }
    }

    private void AddResources()
    {
        Text(
            "--tier", "TIER", "training, validation, preprocessing; left out: derived from what the job asks for", (d, v) =>
                d.Spec.Tier = v, "-p", "--partition");
        Text(
            "--gpus", "EXPR", "cards: 2, a100:2, A100,H100:40GB..:2, 24GB..48GB, cc>=8.0, ecc, a100:1g.10gb, [H100, RTX4090:2]", (d, v) =>
                (d.Spec.Gpus, d.Spec.GpusPerNode) = (v, false), "-G");
        Text(
            "--gpus-per-node", "EXPR", "the same, for each of the job's nodes", (d, v) => (d.Spec.Gpus, d.Spec.GpusPerNode) = (v, true),
            "--gpus-per-task");
        Text("--gres", "LIST", "Slurm's way to say it, for each node: gpu:a100:2", (d, v) =>
            (d.Spec.Gpus, d.Spec.GpusPerNode) = (GresExpression.ToGpus(v), true));
        Text("--gpu-share", "PART", "a part of one card, beside other jobs: 250m or 0.25", (d, v) => d.Spec.GpuShare = v);
        Text("--gpu-mem", "SIZE", "of the shared card's memory (default: the same part)", (d, v) => d.Spec.GpuMemory = v);
        Text("--precision", "WHAT", "what the cards must compute: fp64, fp32, tf32, fp16, bf16 or fp8", (d, v) => d.Spec.Precision = v);
        Text("--min-driver", "VERSION", "oldest driver, such as 535.104", (d, v) => d.Spec.MinDriver = v);
        Text("--min-cuda", "VERSION", "CUDA version that the driver must support, such as 12.4", (d, v) => d.Spec.MinCuda = v);
        Switch("--same-card", "all elements of the array on cards of one model and memory", d => d.Spec.SameCard = true);
        Switch("--exclusive", "no other job on the machine", d => d.Spec.Exclusive = true);
        Number("--cpus", "CPU cores (default 1)", 1, 4096, (d, v) => d.Spec.Cpus = v, "-c", "--cpus-per-task");
        Text("--mem", "SIZE", "memory, such as 16GiB; a number alone is MiB (default 1GiB)", (d, v) => d.Spec.Memory = v, "--memory");
        Text("--mem-per-gpu", "SIZE", "memory for each card, instead of --mem", (d, v) => d.Spec.MemoryPerGpu = v);
        Text("--time", "TIME", "limit: minutes, H:M:S, D-H, 90m, 2h; left out: none", (d, v) => d.Spec.TimeLimit = v, "-t");
        Text(
            "--deadline", "TIME", "must have ended by then: now+2hours, 18:00, 2026-01-05T18:00; not started when it can't", (d, v) =>
                d.Spec.Deadline = v);
        Text("--nodelist", "NAMES", "only on these machines", (d, v) => d.Spec.NodeList = v, "-w");
        Text("--exclude", "NAMES", "not on these machines", (d, v) => d.Spec.Exclude = v, "-x");
        Number(
            "--nodes", "machines, granted together or not at all, one process on each (default 1)", 1, 1024, (d, v) =>
                d.Spec.Nodes = v, "-N");
        Switch("--mixed", "the machines' cards may be of different models", d => d.Spec.MixedCards = true);
        Switch("--nvlink", "a machine's cards must be linked by NVLink", d => d.Spec.Nvlink = true);
        Number(
            "--ntasks", "one for each node (the default); a task starts its own processes", 1, 1024, (d, v) => d.Tasks = v, "-n");
        OnlyOne("--ntasks-per-node", "one process starts on each machine; start your own inside it", "--tasks-per-node");
    }

    private void AddOrder()
    {
        Text("--name", "NAME", "what the queue calls it (default: script or program)", (d, v) => d.Spec.Name = v, "-J", "--job-name");
        Number(
            "--priority", "higher starts earlier within its tier (default 0)", -int.MaxValue, int.MaxValue, (d, v) => d.Spec.Priority = v);
        Text("--array", "INDEXES", "one element each: 0-99%8, 1,3,5-9:2; index in $GPUSCHED_ARRAY_INDEX", (d, v) => d.Spec.Array = v, "-a");
        Text("--dependency", "LIST", "afterok:12,afterany:13; comma = all, ? = any", (d, v) => d.Spec.Dependency = v, "-d");
        Switch("--hold", "wait until released", d => d.Spec.Hold = true, "-H");
        Number("--retries", "attempts that may fail without moving the checkpoint forward", 0, 1000, (d, v) => d.Spec.Retries = v);
        Switch("--requeue", "may be queued again (the default; see --retries)", d => d.Spec.NoRequeue = false);
        Switch(
            "--no-requeue", "starts once at most: ends if it fails or its machine is lost", d =>
                (d.Spec.NoRequeue, d.Spec.Retries) = (true, 0));
    }

    private void AddCheckpoints()
    {
        var directory = Flags.OptionalText(
            "--checkpoint", "DIR", "the job saves its work, in DIR or in a directory kept for it, and resumes");
        entries.Add((directory, (flags, d) => d.Checkpoint.Directory = flags.GetValue(directory) ?? ""));
        Text("--checkpoint-signal", "SIG", "signal that asks for a checkpoint, such as USR1", (d, v) => d.Checkpoint.Signal = v);
        var grace = Flags.Duration("--grace", "between the request to stop and the kill (default 30s, at most 24h)", longest: 24);
        entries.Add((grace, (flags, d) => d.Spec.Grace = Duration.FromTimeSpan(flags.GetValue(grace)!.Value)));
    }

    private void AddSurroundings()
    {
        var variables = Flags.Texts("--env", "K=V", "set a variable in the job; K alone: with its value from here");
        entries.Add((variables, (flags, d) => d.Variables.AddRange(flags.GetValue(variables)!)));
        Text("--export", "WHAT", "ALL (default, without secrets), NONE, or names: A,B=3", (d, v) => d.Export = v);
        Text("--workdir", "DIR", "where the job starts (default: here)", (d, v) => d.Spec.WorkingDirectory = v, "-D", "--chdir");
        Text(
            "--output", "FILE", "standard output; %j id, %A array, %a index, %x name, %u user, %N node", (d, v) => d.Spec.Output = v, "-o");
        Text("--error", "FILE", "standard error, same patterns", (d, v) => d.Spec.Error = v, "-e");
        Text("--comment", "TEXT", "shown by 'show'", (d, v) => d.Spec.Comment = v);
        Text("--account", "PROJECT", "the project that the work counts for", (d, v) => d.Spec.Project = v, "-A", "--project");
    }

    private void AddManners()
    {
        Switch("--wait", "wait for the end and return the job's exit code", d => d.Wait = true, "-W");
        Switch("--parsable", "print only the id", d => d.Parsable = true);
    }

    private void Text(string name, string valueName, string help, Action<SubmissionDraft, string> set, params string[] aliases)
    {
        var option = Flags.Text(name, valueName, help, aliases);
        entries.Add((option, (flags, draft) => set(draft, flags.GetValue(option) ?? "")));
    }

    private void Number(string name, string help, int minimum, int maximum, Action<SubmissionDraft, int> set, params string[] aliases)
    {
        var option = Flags.Number(name, help, minimum, maximum, aliases);
        entries.Add((option, (flags, draft) => set(draft, flags.GetValue(option)!.Value)));
    }

    private void Switch(string name, string help, Action<SubmissionDraft> set, params string[] aliases)
    {
        var option = Flags.Switch(name, help, aliases);
        entries.Add((option, (flags, draft) => { if (flags.GetValue(option)) set(draft); }));
    }

    /// <summary>Scripts say "--ntasks-per-node=1" out of habit; that much is true of every job here.</summary>
    private void OnlyOne(string name, string hint, string alias)
    {
        var option = Flags.Text(name, "1", $"only 1: {hint}", alias);
        entries.Add((option, (flags, _) =>
        {
            if (flags.GetValue(option) is not "1")
                throw CommandException.Usage($"{name}: '{flags.GetValue(option)}': only 1; {hint}");
        }
        ));
    }
}
