using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>A verb that changes jobs and says what it did to each.</summary>
internal abstract class ChangeJobsCommand : ServerCommand
{
    private readonly JobSelection selection = new();
    private readonly Option<string?> output = OutputFlag.Create();

    protected ChangeJobsCommand(string name, string summary)
        : base(name, summary)
    {
        selection.AddTo(this);
        Add(output);
    }

    public override string Usage => "[FLAGS] [ID…]";

    public override int MaximumWords => int.MaxValue;

    public override string Notes => """
        IDs: 12, 12_3 (an element of an array), 12-15, 12_[0-4]. Flags alone mean all
        jobs that match and have not ended; the exit code is 0 if one of them could be
        changed, or there was none. Beside IDs flags narrow them: what does not match is
        left alone. The exit code is not 0 if one that was named was not changed. An
        array is told in one line; of more than some twenty thousand jobs the rest is
        told as a number.
        """;

    /// <summary>What happened, as "job 12 PAST".</summary>
    protected abstract string Past { get; }

    protected abstract Task<ChangedJobs> ChangeAsync(
        Call call, SchedulerConnection connection, IReadOnlyList<string> ids, JobFilter? filter, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var (ids, filter) = selection.Read(call, Name);
        var changed = await ChangeAsync(call, connection, ids, filter, cancellationToken);
        Print(call, changed);
        return changed.IsDone(ids.Count > 0) ? ExitCode.Success : ExitCode.Rejected;
    }

    private void Print(Call call, ChangedJobs changed)
    {
        PrintOutcomes(call, changed);
        if (changed.ChangedLeftOut > 0)
            call.Remark($"{changed.ChangedLeftOut} more jobs {Past}: too many to name");

        if (changed.UnchangedLeftOut > 0)
            call.Remark($"{changed.UnchangedLeftOut} more jobs not {Past}: too many to name");
    }

    private void PrintOutcomes(Call call, ChangedJobs changed)
    {
        var (format, outcomes) = (OutputFlag.Read(call, output), changed.Outcomes);
        if (format == OutputFormat.Json)
        {
            call.Out.WriteLine(JsonText.Of(new OutcomesJson([.. outcomes.Select(ToJson)])
            {
                ChangedLeftOut = changed.ChangedLeftOut, UnchangedLeftOut = changed.UnchangedLeftOut,
            }));
            return;
        }

        foreach (var outcome in outcomes.Where(outcome => outcome.Changed))
            call.Out.WriteLine(format == OutputFormat.Quiet ? outcome.Id : $"job {outcome.Id} {Past}");

        foreach (var outcome in outcomes.Where(outcome => !outcome.Changed))
            call.Remark(
                outcome.Message.Contains(outcome.Id, StringComparison.Ordinal) ? outcome.Message : $"job {outcome.Id}: {outcome.Message}");

        if (outcomes.Count == 0)
            call.Remark("no job that waits or runs matches; nothing was done");
    }

    private static OutcomeJson ToJson(JobOutcome outcome) =>
        new(outcome.Id, outcome.Changed, outcome.Message.Length > 0 ? outcome.Message : null);
}
