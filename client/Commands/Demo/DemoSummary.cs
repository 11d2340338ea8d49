using System.Globalization;
using GpuScheduler.Client.Output;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>One attempt of a job with the cards it had, as the summary shows it.</summary>
internal sealed record DemoRow(Job Job, Attempt Attempt, string Cards);

/// <summary>What became of each job: every attempt with its machine and card, and what the lost machine cost.</summary>
internal sealed class DemoSummary(IReadOnlyList<Job> jobs, IReadOnlyList<Node> nodes)
{
    private static readonly Column<DemoRow>[] Columns =
    [
        new("JOB", row => row.Job.Id),
        new("NAME", row => row.Job.Spec.Name) { Minimum = 10 },
        new("TIER", row => row.Job.Tier),
        new("TRY", row => row.Attempt.Number.ToString(CultureInfo.InvariantCulture)) { RightAligned = true },
        new("NODE", row => row.Attempt.Node),
        new("CARD", row => row.Cards) { Minimum = 12 },
        new("RESULT", Result) { Minimum = 9 },
    ];

    public IEnumerable<string> Table(int width)
    {
        DemoRow[] rows = [.. jobs.SelectMany(job => job.Attempts.Select(attempt => new DemoRow(job, attempt, Cards(attempt))))];
        return FittedTable.Lines(Columns, rows, width, color: false);
    }

    /// <summary>"digits-1: resumed at step 60 of 200 on ws-rtx6000, lost 1.2 s of work", one a lost attempt.</summary>
    public IEnumerable<string> Recoveries() => jobs.SelectMany(job => job.Attempts
        .Where(attempt => attempt.Cause == EndCause.NodeLost)
        .Select(lost => (lost, next: job.Attempts.FirstOrDefault(attempt => attempt.Number == lost.Number + 1)))
        .Where(pair => pair.next is not null)
        .Select(pair => Recovery(job, pair.lost, pair.next!)));

    private static string Recovery(Job job, Attempt lost, Attempt next)
    {
        var from = next.HasResumedFromStep ? $"resumed at step {next.ResumedFromStep} of {DemoWork.TrainingSteps}" : "started over";
        var cost = lost.LostWork is null
            ? ""
            : $", lost {lost.LostWork.ToTimeSpan().TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s of work";
        return $"{job.Spec.Name} (job {job.Id}): {from} on {next.Node}{cost}";
    }

    private static string Result(DemoRow row)
    {
        if (row.Attempt.Cause == EndCause.NodeLost)
            return "machine lost";

        return row.Attempt.Number == row.Job.Attempt ? JobStates.Name(row.Job.State) : EnumNames.Of(row.Attempt.Cause);
    }

    private string Cards(Attempt attempt)
    {
        var devices = nodes.SelectMany(node => node.Devices).Where(device => attempt.Devices.Contains(device.Uuid));
        return attempt.Devices.Count == 0 ? JobRows.None : CardNames.List(devices.Select(device => device.Model));
    }
}
