using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands.Demo;

/// <summary>What happens, in order: jobs run; once training has saved work, the machine it runs on loses its power; when the
/// scheduler has noticed, the machine comes back; the rest runs to the end.</summary>
internal sealed class DemoStory(ClientContext context, DemoPool pool, SchedulerConnection connection, IDemoBoard board)
{
    /// <summary>Enough that something worth keeping is at stake.</summary>
    private const int StepsBeforeTheCut = 60;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Repair = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private Chapter chapter = Chapter.Training;
    private DateTimeOffset lostAt;

    private enum Chapter
    {
        Training,
        PowerCut,
        Repair,
        Recovery,
    }

    /// <summary>Jobs that ran on the machine when it lost its power.</summary>
    public IReadOnlyList<string> Hit { get; private set; } = [];

    /// <summary>Follows the jobs to their end; returns them as they ended, with all attempts.</summary>
    public async Task<IReadOnlyList<Job>> TellAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var began = context.Time.GetUtcNow();
        while (true)
        {
            var jobs = await ReadAsync(ids, cancellationToken);
            board.Show(jobs);
            if (chapter == Chapter.Recovery && jobs.All(job => JobStates.HasEnded(job.State)))
                return await ReadAttemptsAsync(ids, cancellationToken);

            if (context.Time.GetUtcNow() - began > Limit)
                throw new CommandException(ExitCode.Timeout, $"demo: not done after {Limit.TotalSeconds} s; {WaitProgress.Summary(jobs)}");

            await TurnPageAsync(jobs, cancellationToken);
            await Task.Delay(Poll, context.Time, cancellationToken);
        }
    }

    private async Task TurnPageAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        switch (chapter)
        {
            case Chapter.Training when Victims(jobs) is { Length: > 0 } victims
                && victims.All(job => job.CheckpointStep >= StepsBeforeTheCut):
                Hit = [.. victims.Select(job => job.Id)];
                board.Say(
                    $"cutting the power of {DemoPool.Victim}: kill -9 of its worker and of "
                        + $"{string.Join(", ", victims.Select(job => job.Spec.Name))} at step {victims.Min(job => job.CheckpointStep)} or "
                        + "later");
                board.Say($"{pool.CutPower(DemoPool.Victim)} processes killed");
                chapter = Chapter.PowerCut;
                break;
            case Chapter.PowerCut when jobs.Where(job => Hit.Contains(job.Id)).All(WasRequeued):
                lostAt = context.Time.GetUtcNow();
                board.Say($"the scheduler has noticed: {DemoPool.Victim} is lost, its jobs go back into the queue with their checkpoints");
                chapter = Chapter.Repair;
                break;
            case Chapter.Repair when context.Time.GetUtcNow() - lostAt > Repair:
                await pool.StartMachineAsync(DemoPool.Victim, cancellationToken);
                board.Say($"{DemoPool.Victim} is switched on again");
                chapter = Chapter.Recovery;
                break;
        }
    }

    private static Job[] Victims(IEnumerable<Job> jobs) => [.. jobs.Where(job =>
        job is { Node: DemoPool.Victim, State: JobState.Running, Tier: "training", HasCheckpointStep: true })];

    private static bool WasRequeued(Job job) =>
        job.Attempt > 1 || job.State == JobState.Pending || job.Attempts.Any(attempt => attempt.Cause == EndCause.NodeLost);

    private async Task<IReadOnlyList<Job>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var request = new ListJobsRequest { Ids = { ids }, IncludeEnded = true };
        return [.. (await Pages.AllJobsAsync(connection, request, cancellationToken)).OrderBy(job => job.Id, JobIdOrder.Instance)];
    }

    /// <summary>A list holds the newest attempt of each job: what the demo promised is told by all of them.</summary>
    private async Task<IReadOnlyList<Job>> ReadAttemptsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var jobs = new List<Job>();
        foreach (var id in ids)
        {
            var request = new GetJobRequest { Id = id };
            jobs.AddRange((await connection.CallAsync(options => connection.Jobs.GetJobAsync(request, options), cancellationToken)).Jobs);
        }

        return jobs;
    }
}
