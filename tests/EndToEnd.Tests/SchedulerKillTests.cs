using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>kill -9 of the scheduler at any moment: what was acknowledged is there, and nothing runs twice.</summary>
public sealed class SchedulerKillTests
{
    private const int Kills = 100;

    [Fact]
    public async Task KilledAtRandomMoments_LosesNoAcknowledgedJobAndRunsNoneTwice()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab", cores: 64);
        var marks = lab.In("marks");
        var random = new Random(20260105);
        var acknowledged = new HashSet<string>();

        for (var kill = 0; kill < Kills; kill++)
        {
            var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var submitting = SubmitUntilGone(lab, marks, acknowledged, first);
            await Eventually.Sees(
                $"an acknowledgement after kill {kill}", () => Task.FromResult(first.Task), task => task.IsCompleted, lab.Outputs);
            await first.Task;
            // In ticks: from right at the first acknowledgement to the middle of the twentieth submission or so.
            await Task.Delay(TimeSpan.FromTicks(random.Next(0, 200_000)), TimeProvider.System);
            await lab.Scheduler.Kill();
            await submitting;
            await lab.StartScheduler();
        }

        var known = await Ended(lab);
        Assert.Empty(acknowledged.Except(known.Select(job => job.Id)));
        Assert.All(known, job => Assert.Equal((JobState.Completed, 1), (job.State, job.Attempt)));
        AssertEachRanOnce(marks, known.Select(job => job.Id));
    }

    /// <summary>One after the other, so that the kill often falls right after an acknowledgement.</summary>
    private static async Task SubmitUntilGone(Lab lab, string marks, HashSet<string> acknowledged, TaskCompletionSource first)
    {
        try
        {
            while (true)
            {
                acknowledged.Add(await lab.Submit(Marking(marks)));
                first.TrySetResult();
            }
        }
        catch (RpcException gone)
        {
            // The kill came: this one was not acknowledged, and may or may not exist.
            first.TrySetException(gone);
        }
        catch (Exception unexpected)
        {
            first.TrySetException(unexpected);
            throw;
        }
    }

    private static JobSpec Marking(string marks) => Lab.Shell($"echo \"$GPUSCHED_JOB_ID $GPUSCHED_ATTEMPT $$\" >> {marks}");

    private static async Task<IReadOnlyList<Job>> Ended(Lab lab) => await Eventually.Sees(
        "all jobs to end", () => All(lab), jobs => jobs.All(job => job.State >= JobState.Completed && job.EndTime is not null));

    /// <summary>Page by page: an answer holds about 1 MiB, and a quick machine takes more jobs than that between two kills.</summary>
    private static async Task<IReadOnlyList<Job>> All(Lab lab)
    {
        var (jobs, request) = (new List<Job>(), new ListJobsRequest { IncludeEnded = true, Limit = 100_000 });
        do
        {
            var page = await lab.Jobs.ListJobsAsync(request);
            jobs.AddRange(page.Jobs);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return jobs;
    }

    private static void AssertEachRanOnce(string marks, IEnumerable<string> ids)
    {
        var runs = File.ReadAllLines(marks).Select(line => line.Split(' ')).ToList();
        Assert.Empty(
            runs.GroupBy(run => run[0]).Where(same => same.Count() > 1).Select(same => $"job {same.Key} ran {same.Count()} times"));
        Assert.Equal(ids.Order(), runs.Select(run => run[0]).Order());
    }
}
