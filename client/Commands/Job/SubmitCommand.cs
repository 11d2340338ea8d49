using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Submission;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Hands in work. Nothing is sent before all of it is read and checked.</summary>
internal sealed class SubmitCommand : ServerCommand
{
    private readonly SpecFlags spec = new();
    private readonly Option<string?> wrap = Flags.Text("--wrap", "COMMAND", "run this shell command line");
    private readonly Option<bool> eachLine = Flags.Switch("--each-line", "one job for each line of standard input, all or none");
    private readonly Option<bool> json = Flags.Switch("--json", "print ids, tiers and warnings as JSON");

    public SubmitCommand()
        : base("submit", "hand in a command, a script, or one command a line")
    {
        foreach (var option in spec.Options)
            Add(option);

        Add(wrap);
        Add(eachLine);
        Add(json);
    }

    public override string Usage => "[FLAGS] -- COMMAND [ARGS] | SCRIPT [ARGS] | --wrap COMMAND | --each-line";

    public override int MaximumWords => int.MaxValue;

    public override bool TakesAnyBytes => true;

    public override string Notes => """
        Rank of flags: command line, then environment (GPUSCHED_TIER, _GPUS, _CPUS,
        _MEM, _TIME, _RETRIES; SBATCH_PARTITION, _GPUS, _GPUS_PER_NODE, _GRES,
        _MEM_PER_NODE, _MEM_PER_GPU, _JOB_NAME, _TIMELIMIT, _ACCOUNT, _EXPORT, _OUTPUT,
        _ERROR), then the script's #GPUSCHED and #SBATCH lines. Those count before the
        first command and in the first 32 KiB. No variable counts inside a job.

        Environment: a job gets the variables set here (--export ALL), except those
        about the session and those whose names look secret: with TOKEN, SECRET,
        PASSWORD, CREDENTIAL, KEY and the like between underscores. Name what the job
        needs: --export ALL,HF_TOKEN or --env HF_TOKEN. It also gets the umask and the
        soft limits (ulimit -S) set here.

        Output: both streams go to one file, in the order they come: on the node
        ('gpusched logs ID') or to --output. --error FILE takes the errors apart.
        Called as sbatch, the file is slurm-%j.out (of arrays slurm-%A_%a.out) in the
        working directory.

        sbatch's long names work too: --job-name, --partition, --cpus-per-task, --chdir,
        --gpus-per-task; of several flags that name cards the last counts. With --nodes,
        --gpus is a total; --gres, --gpus-per-node, --cpus and --mem are for each. Flags
        that can't be honoured yet are refused with a hint.

        A script named '-', or none, is read from standard input.

        --checkpoint takes the next word as its directory unless that is a file. Without
        one, checkpoints lie on the node's own disk: once the job has completed as long
        as the pool keeps history (history.keep, 180 days) and the disk has room, else
        a week.
        A job that exits with 85 has saved its work and asks to be continued.

        Examples
          gpusched submit --gpus a100:1 --checkpoint -- python3 train.py --epochs 90
          gpusched submit --gpus 24GB.. --time 2h eval.sh checkpoint.pt
          for seed in 1 2 3; do echo "python3 run.py $seed"; done |
            gpusched submit --gpus 1 --each-line
        """;

    public override FlagScanner CreateScanner(ClientContext context) => new(this, stopAtFirstWord: true)
    {
        TakesOptionalValue = word => SubmissionBuilder.IsCheckpointDirectory(word, context),
        Refusal = UnsupportedFlags.Reason,
    };

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var source = new SubmissionSource(spec, call, call.Flags.GetValue(wrap), call.Flags.GetValue(eachLine));
        // A pipe may keep its reader waiting, also when this is told to stop.
        var drafts = await Task.Run(source.Read, cancellationToken).WaitAsync(cancellationToken);
        var report = new SubmissionReport(call, drafts[0].Parsable, call.Flags.GetValue(json));
        report.LeftOut(source.LeftOut);
        if (SubmitterClock.Unknown(drafts[0].Spec, call.Context) is { } remark)
            call.Remark(remark);

        var accepted = await SendTracedAsync(call, drafts, connection, cancellationToken);
        report.Accepted(accepted, drafts);
        if (!drafts.Any(draft => draft.Wait))
            return ExitCode.Success;

        call.Out.Flush();
        return await new JobWaiter(call, connection).WaitAsync([.. accepted.Select(job => job.Id)], null, cancellationToken);
    }

    private static async Task<IReadOnlyList<SubmitJobResponse>> SendTracedAsync(
        Call call, IReadOnlyList<SubmissionDraft> drafts, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        using var trace = SubmissionTrace.Begin(call);
        return await SendAsync(call, drafts, connection, cancellationToken);
    }

    /// <summary>The key makes a repeat of the call return the first answer, so that a lost reply never doubles the work.</summary>
    private static async Task<IReadOnlyList<SubmitJobResponse>> SendAsync(
        Call call, IReadOnlyList<SubmissionDraft> drafts, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var changes = SubmitterClock.Changes(drafts, call.Context);
        foreach (var draft in drafts)
            RawSpec.Close(draft.Spec);
        var requests = drafts.Select(draft => new SubmitJobRequest
        {
            Spec = draft.Spec, IdempotencyKey = call.Context.NewKey(), ClockChanges = { changes },
        }).ToArray();
        if (requests.Length == 1)
            return [await connection.CallAsync(options => connection.Jobs.SubmitJobAsync(requests[0], options), cancellationToken)];

        var all = new SubmitJobsRequest { Jobs = { requests } };
        return (await connection.CallAsync(options => connection.Jobs.SubmitJobsAsync(all, options), cancellationToken)).Jobs;
    }
}
