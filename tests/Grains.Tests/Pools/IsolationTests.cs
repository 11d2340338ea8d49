using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>An input that makes the engine throw fails alone, and the others of its cycle are served.</summary>
public sealed class IsolationTests
{
    /// <summary>Breaks while it is read, before anything is changed.</summary>
    private static readonly JobDraft Unreadable = Drafts.Cpu with { Command = new BrokenList() };

    /// <summary>Breaks while it is carried out.</summary>
    private static readonly PoolInput Poison = new PoolInput.Cancel(new BrokenList(), "eve", "");

    [Fact]
    public async Task Poison_AmongOtherCalls_FailsAlone()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var kept = await pool.SubmitOne(Drafts.Cpu);

        var calls = await Cycles.InOne(
            pool, () => pool.Submit(Drafts.Cpu), () => pool.Pool.Apply(PoolCall.Of(Poison)), () => pool.Submit(Drafts.Cpu));

        Assert.Equal([false, true, false], calls.Select(answer => answer.Failed));
        Assert.Contains("nothing was changed", calls[1].Refusal, StringComparison.Ordinal);
        Assert.All([calls[0], calls[2]], answer => Assert.IsType<PoolReply.Submitted>(answer.Reply));
        Assert.Equal(4, (await pool.Pool.GetJobs(new JobQuery())).Jobs.Length);
        Assert.Equal(4, (await pool.Store.FindJobsAsync(new JobQuery(), CancellationToken.None)).Count);
        Assert.Contains(kept, (await pool.Pool.GetJobs(new JobQuery())).Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task Poison_CostsOneLookAtTheStore_AndNoSession()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var worker = await pool.Join("lab");
        var before = (await pool.Pool.GetPool()).Epoch;

        await Cycles.InOne(pool, () => pool.Submit(Drafts.Cpu), () => pool.Pool.Apply(PoolCall.Of(Poison)));

        Assert.Equal(before + 1, (await pool.Pool.GetPool()).Epoch);
        Assert.True(await worker.Grain.Heartbeat(worker.Session));
        await pool.SubmitOne(Drafts.Training);
        Assert.NotNull(await worker.Next<PoolEffect.Dispatch>());
    }

    [Fact]
    public async Task WhatIsWrongWhileItIsRead_CostsNoLookAtTheStore()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var before = (await pool.Pool.GetPool()).Epoch;

        var answers = await Cycles.InOne(
            pool, () => pool.Submit(Drafts.Cpu, Unreadable), () => pool.Submit(Drafts.Cpu), () => pool.Submit(Unreadable));

        Assert.Equal([true, false, true], answers.Select(answer => answer.Failed));
        Assert.Equal(before, (await pool.Pool.GetPool()).Epoch);
        Assert.Equal(2, (await pool.Pool.GetJobs(new JobQuery())).Jobs.Length);
    }

    [Fact]
    public async Task Poison_ThatNoInputIsBlamedFor_IsFoundAmongTheCalls()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var worker = await pool.Join("lab");
        pool.Commits.Refuses = change => change is StoreChange.JobsAdded { Spec.Name: "poison" };

        var answers = await Cycles.InOne(
            pool, () => pool.Submit(Drafts.Cpu), () => pool.Submit(Drafts.Cpu with { Name = "poison" }), () => pool.Submit(Drafts.Cpu));

        Assert.Equal([false, true, false], answers.Select(answer => answer.Failed));
        Assert.True(await worker.Grain.Heartbeat(worker.Session));
        Assert.Equal(3, (await pool.Pool.GetJobs(new JobQuery())).Jobs.Length);
    }

    [Fact]
    public async Task Poison_Report_IsAcknowledgedAndThoseAroundItCount()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        var job = await pool.SubmitOne(Drafts.Training);
        var attempt = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;

        await worker.Report(
            (1, attempt, new AttemptEvent.Started(null)), (2, attempt, null!),
            (3, attempt, new AttemptEvent.Ended(EndCause.Exited, 0, null, "")));

        var stored = Assert.Single(await pool.Store.FindJobsAsync(new JobQuery { Ids = [job] }, CancellationToken.None));
        Assert.Equal(JobState.Completed, stored.Job.State);
        Assert.Equal(SessionEnd.Rejoin, await worker.Ended);
        Assert.Equal(3, (await new FakeWorker(pool, pool.Client, "lab").Open()).Accepted?.DurableSequence);
    }

    [Fact]
    public async Task Poison_WhileTheStoreFills_RefusesTheOthersAsForAFullStore()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var poison = new PoolInput.Cancel(new BrokenList(() => pool.Store.Full = true), "eve", "");

        var answers = await Cycles.InOne(pool, () => pool.Pool.Apply(PoolCall.Of(poison)), () => pool.Submit(Drafts.Cpu));

        Assert.Equal("the store can't take new work: disk full", answers[1].Refusal);
        Assert.False(answers[1].Failed);
    }

    [Fact]
    public async Task RunningWork_OutlivesAnIsolatedFault_AndItsEndCounts()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var worker = await pool.Join("lab");
        var job = await pool.SubmitOne(Drafts.Training);
        var attempt = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;

        Assert.True((await pool.Pool.Apply(PoolCall.Of(Poison))).Failed);

        Assert.Equal(JobState.Configuring, (await pool.Job(job)).State);
        await worker.Report(1, attempt, new AttemptEvent.Started(null));
        await worker.Report(2, attempt, new AttemptEvent.Ended(EndCause.Exited, 0, null, ""));
        var stored = Assert.Single(await pool.Store.FindJobsAsync(new JobQuery { Ids = [job] }, CancellationToken.None));
        Assert.Equal(JobState.Completed, stored.Job.State);
    }
}
