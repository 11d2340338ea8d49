using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>A store that can't be written, an engine that fails, a pool that was opened elsewhere.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task Submission_OnAFullStore_IsRefusedAndLeavesNothing()
    {
        await using var pool = await PoolUnderTest.Start();
        await pool.SubmitOne(Drafts.Cpu);
        pool.Store.Full = true;

        var refused = await pool.Submit(Drafts.Cpu);

        Assert.Equal("the store can't take new work: disk full", refused.Refusal);
        Assert.Single((await pool.Pool.GetJobs(new JobQuery())).Jobs);
        Assert.Equal(refused.Refusal, (await pool.Pool.GetPool()).RefusingWork);
    }

    [Fact]
    public async Task Submission_WhileTheStoreIsKnownToBeFull_IsRefusedWithoutTryingIt()
    {
        await using var pool = await PoolUnderTest.Start();
        pool.Store.Full = true;
        await pool.Submit(Drafts.Cpu);
        var before = pool.Commits.Count;

        Assert.True((await pool.Submit(Drafts.Cpu)).IsRefused);
        Assert.Equal(before, pool.Commits.Count);
    }

    [Fact]
    public async Task Store_WithRoomAgain_TakesWorkAfterTheNextProbe()
    {
        await using var pool = await PoolUnderTest.Start();
        var kept = await pool.SubmitOne(Drafts.Cpu);
        pool.Store.Full = true;
        await pool.Submit(Drafts.Cpu);

        pool.Store.Full = false;
        await Recover(pool);

        var next = await pool.SubmitOne(Drafts.Cpu);
        Assert.Equal([kept, next], (await pool.Pool.GetJobs(new JobQuery())).Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task Report_OnAFullStore_IsNotAcknowledgedAndCountsWhenItComesAgain()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        var job = await pool.SubmitOne(Drafts.Training);
        var attempt = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;
        pool.Store.Full = true;
        await worker.Report(1, attempt, new AttemptEvent.Ended(EndCause.Exited, 0, null, ""));
        Assert.False(worker.HasOrders);

        pool.Store.Full = false;
        await Recover(pool);
        Assert.Equal(SessionEnd.Rejoin, await worker.Ended);
        var again = await pool.Join("lab", new HeldAttempt(attempt, Running: false));
        await again.Report(1, attempt, new AttemptEvent.Ended(EndCause.Exited, 0, null, ""));

        Assert.Equal(1, (await again.Next<PoolEffect.AckReports>()).Sequence);
        var stored = Assert.Single(await pool.Store.FindJobsAsync(new JobQuery { Ids = [job] }, CancellationToken.None));
        Assert.Equal(JobState.Completed, stored.Job.State);
        Assert.Single(stored.Attempts);
    }

    [Fact]
    public async Task Cycle_ThatFailsUnexpectedlyAndOnce_IsServedAnewFromTheStore()
    {
        await using var pool = await PoolUnderTest.Start();
        var kept = await pool.SubmitOne(Drafts.Cpu);
        pool.Commits.FailOnce(new InvalidOperationException("a bug"));

        var next = await pool.SubmitOne(Drafts.Cpu);

        Assert.Equal([kept, next], (await pool.Pool.GetJobs(new JobQuery())).Jobs.Select(job => job.Id));
        Assert.Equal(
            [next, kept], (await pool.Store.FindJobsAsync(new JobQuery(), CancellationToken.None)).Select(stored => stored.Job.Id));
    }

    [Fact]
    public async Task Pool_OpenedElsewhere_GivesUpAndItsNextActivationKnowsEverything()
    {
        await using var pool = await PoolUnderTest.Start();
        var kept = await pool.SubmitOne(Drafts.Cpu);
        var worker = await pool.Join("lab");
        await pool.Store.OpenAsync(CancellationToken.None);

        var refused = await pool.Submit(Drafts.Cpu);
        Assert.Contains("taken over", refused.Refusal, StringComparison.Ordinal);

        var answer = await PoolUnderTest.Until("a new activation", () => pool.Submit(Drafts.Cpu), answer => !answer.IsRefused);
        Assert.True(answer.Epoch > refused.Epoch);
        Assert.Equal(SessionEnd.Rejoin, await worker.Ended);
        Assert.Contains((await pool.Pool.GetJobs(new JobQuery())).Jobs, job => job.Id == kept);
    }

    private static Task Recover(PoolUnderTest pool) => PoolUnderTest.Until(
        "the pool to take work again",
        () =>
        {
            pool.Clock.Advance(TimeSpan.FromSeconds(1));
            return pool.Pool.GetPool();
        },
        view => view.RefusingWork is null);
}
