using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>Persist before acknowledging, persist before dispatching.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task Submission_WhileTheCommitRuns_IsNotAnswered()
    {
        await using var pool = await PoolUnderTest.Start();
        var committing = pool.Commits.Close();

        var answer = pool.Submit(Drafts.Cpu);
        await committing;
        Assert.False(answer.IsCompleted);
        Assert.Empty(await pool.Store.FindJobsAsync(new JobQuery(), CancellationToken.None));

        pool.Commits.Open();
        Assert.IsType<PoolReply.Submitted>((await answer).Reply);
        Assert.Single(await pool.Store.FindJobsAsync(new JobQuery(), CancellationToken.None));
    }

    [Fact]
    public async Task CallsDuringACommit_ShareTheNextOne()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var committing = pool.Commits.Close();
        var first = pool.Submit(Drafts.Cpu);
        await committing;
        var before = pool.Commits.Count;

        var others = Enumerable.Range(0, 500).Select(_ => pool.Submit(Drafts.Cpu)).ToList();
        pool.Commits.Open();
        var answers = await Task.WhenAll([first, .. others]);

        var numbers = answers.Select(answer => Assert.IsType<PoolReply.Submitted>(answer.Reply).Jobs[0].Number).ToList();
        Assert.Equal(501, numbers.Distinct().Count());
        // All calls were sent before the gate opened, but some may still have been on their way to the inbox.
        Assert.InRange(pool.Commits.Count - before, 1, 20);
    }

    [Fact]
    public async Task Dispatch_WhileTheCommitRuns_IsNotSent()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        var committing = pool.Commits.Close();

        var answer = pool.Submit(Drafts.Training);
        await committing;
        Assert.False(worker.HasOrders);

        pool.Commits.Open();
        await answer;
        var dispatch = await worker.Next<PoolEffect.Dispatch>();
        Assert.Equal([DeviceShare.Of("GPU-lab")], dispatch.Order.Share.Devices);
    }

    [Fact]
    public async Task Report_WhileTheCommitRuns_IsNotAcknowledged()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        await pool.SubmitOne(Drafts.Training);
        var attempt = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;
        var committing = pool.Commits.Close();

        var reported = worker.Report(1, attempt, new AttemptEvent.Started(null));
        await committing;
        Assert.False(worker.HasOrders);

        pool.Commits.Open();
        await reported;
        Assert.Equal(1, (await worker.Next<PoolEffect.AckReports>()).Sequence);
        Assert.Equal(JobState.Running, (await pool.Job(attempt.Job)).State);
    }

    [Fact]
    public async Task Read_WhileTheCommitRuns_WaitsForIt()
    {
        await using var pool = await PoolUnderTest.Start();
        var committing = pool.Commits.Close();
        var answer = pool.Submit(Drafts.Cpu);
        await committing;

        var read = pool.Pool.GetJobs(new JobQuery());
        Assert.False(read.IsCompleted);

        pool.Commits.Open();
        Assert.Single((await read).Jobs);
        await answer;
    }

    [Fact]
    public async Task Moment_FarBeyondWhatATimerCounts_DoesNotFailTheCycle()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        await pool.SubmitOne(Drafts.Training);
        var before = (await pool.Submit(Drafts.Cpu)).Epoch;

        var drained = await pool.Pool.Apply(
            GpuScheduler.Grains.Messages.PoolCall.Of(new PoolInput.Drain("lab", "next year", TimeSpan.FromDays(300), "root")));

        Assert.IsType<PoolReply.Serviced>(drained.Reply);
        Assert.Equal(before, (await pool.Submit(Drafts.Cpu)).Epoch);
        Assert.Null((await pool.Pool.GetPool()).RefusingWork);
    }
}
