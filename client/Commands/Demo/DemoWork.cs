using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>The demo's jobs: a dozen over all tiers, real processes of the examples.</summary>
internal sealed class DemoWork(DemoFolder folder, ClientContext context)
{
    public const int TrainingSteps = 200;

    private const string StepPace = "0.08";
    private const int Trainers = 3;
    private const int Evaluations = 4;

    /// <summary>Hands in everything, and returns the ids of the jobs and array elements to follow.</summary>
    public async Task<IReadOnlyList<string>> SubmitAsync(SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var independent = new SubmitJobsRequest();
        independent.Jobs.AddRange(Independent().Select(Request));
        var first = (await connection.CallAsync(options => connection.Jobs.SubmitJobsAsync(independent, options), cancellationToken)).Jobs;
        var trained = first[0].Id;
        var check = Request(Evaluate("check-digits-1", "24GB..", "--from", Path.Combine(folder.Checkpoints, "digits-1")));
        check.Spec.Dependency = $"afterok:{trained}";
        var last = await connection.CallAsync(options => connection.Jobs.SubmitJobAsync(check, options), cancellationToken);
        return [.. first.Append(last).Select(job => job.Id)];
    }

    private IEnumerable<JobSpec> Independent() =>
    [
        .. Enumerable.Range(1, Trainers).Select(Train),
        Prepare("prepare-shards", array: "0-2"),
        Prepare("prepare-index", array: ""),
        .. Enumerable.Range(1, Evaluations).Select(number => Evaluate($"evaluate-{number}", "1", "--seed", $"{number}")),
    ];

    private JobSpec Train(int number) => Fill(
        New($"digits-{number}", "trainer.py", "--steps", $"{TrainingSteps}", "--pace", StepPace, "--seed", $"{number}"),
        spec =>
        {
            (spec.Tier, spec.Gpus, spec.Cpus) = ("training", "1", 4);
            spec.Checkpoint = new CheckpointSpec
            {
                Enabled = true, Directory = Path.Combine(folder.Checkpoints, spec.Name), Signal = "USR1",
            };
        });

    /// <summary>Names no tier: a job without a card is preprocessing.</summary>
    private JobSpec Prepare(string name, string array) => Fill(
        New(name, "prepare.py", "--out", Path.Combine(folder.Path, "shards", name), "--pace", "0.25"),
        spec => (spec.Array, spec.Cpus) = (array, 2));

    /// <summary>Names no tier: a job with a card is validation.</summary>
    private JobSpec Evaluate(string name, string gpus, params string[] arguments) => Fill(
        New(name, "evaluate.py", ["--seconds", "4", .. arguments]),
        spec => spec.Gpus = gpus);

    private JobSpec New(string name, string program, params string[] arguments) => new()
    {
        Name = name,
        User = context.UserName,
        WorkingDirectory = folder.Path,
        Memory = "1GiB",
        Command = { "python3", folder.Example(program), arguments },
        Environment = { ["PATH"] = context.Variable("PATH"), ["PYTHONDONTWRITEBYTECODE"] = "1" },
    };

    private SubmitJobRequest Request(JobSpec spec) => new() { Spec = spec, IdempotencyKey = context.NewKey() };

    private static JobSpec Fill(JobSpec spec, Action<JobSpec> fill)
    {
        fill(spec);
        return spec;
    }
}
