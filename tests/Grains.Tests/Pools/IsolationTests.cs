using System.Collections;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>An input that makes the engine throw: a list that breaks when it is read, a report without an event.</summary>
public sealed class IsolationTests
{
    private static readonly JobDraft Poison = Drafts.Cpu with { Command = new BrokenList() };

    [Fact]
    public async Task Poison_AmongOtherCalls_FailsAlone()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var kept = await pool.SubmitOne(Drafts.Cpu);
        var calls = await InOneCycle(
            pool, () => pool.Submit(Drafts.Cpu), () => pool.Submit(Drafts.Cpu, Poison), () => pool.Submit(Drafts.Cpu));

        Assert.Equal([false, true, false], calls.Select(answer => answer.Failed));
        Assert.Contains("nothing was changed", calls[1].Refusal, StringComparison.Ordinal);
        Assert.All([calls[0], calls[2]], answer => Assert.IsType<PoolReply.Submitted>(answer.Reply));
        Assert.Equal(4, (await pool.Pool.GetJobs(new JobQuery())).Jobs.Length);
        Assert.Equal(4, (await pool.Store.FindJobsAsync(new JobQuery(), CancellationToken.None)).Count);
        Assert.Contains(kept, (await pool.Pool.GetJobs(new JobQuery())).Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task Poison_AloneAndAgain_LeavesThePoolWorking()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);

        foreach (var _ in Enumerable.Range(0, 3)) Assert.True((await pool.Submit(Poison)).Failed);

        Assert.Null((await pool.Pool.GetPool()).RefusingWork);
        await pool.SubmitOne(Drafts.Cpu);
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

        Assert.Equal(SessionEnd.Rejoin, await worker.Ended);
        var stored = Assert.Single(await pool.Store.FindJobsAsync(new JobQuery { Ids = [job] }, CancellationToken.None));
        Assert.Equal(JobState.Completed, stored.Job.State);
        Assert.Equal(3, (await new FakeWorker(pool, pool.Client, "lab").Open()).Accepted?.DurableSequence);
    }

    [Fact]
    public async Task Poison_WhileTheStoreFills_RefusesTheOthersAsForAFullStore()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var poison = Drafts.Cpu with { Command = new BrokenList(() => pool.Store.Full = true) };

        var answers = await InOneCycle(pool, () => pool.Submit(poison), () => pool.Submit(Drafts.Cpu));

        Assert.Equal("the store can't take new work: disk full", answers[1].Refusal);
        Assert.False(answers[1].Failed);
    }

    [Fact]
    public async Task Workers_AfterAnIsolatedFault_AreAskedToRejoinAndKeepTheirWork()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var worker = await pool.Join("lab");
        var job = await pool.SubmitOne(Drafts.Training);
        var attempt = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;

        Assert.True((await pool.Submit(Poison)).Failed);

        Assert.Equal(SessionEnd.Rejoin, await worker.Ended);
        await pool.Join("lab", new HeldAttempt(attempt, Running: true));
        Assert.Equal(JobState.Configuring, (await pool.Job(job)).State);
    }

    /// <summary>Holds a commit until all calls wait, so that the next cycle takes them together.</summary>
    private static async Task<PoolAnswer[]> InOneCycle(PoolUnderTest pool, params Func<Task<PoolAnswer>>[] calls)
    {
        var held = pool.Commits.Close();
        var first = pool.Submit(Drafts.Cpu);
        await held;
        var answers = calls.Select(call => call()).ToArray();
        pool.Commits.Open();
        await first;
        return await Task.WhenAll(answers);
    }

    private sealed class BrokenList(Action? whenRead = null) : IReadOnlyList<string>
    {
        public int Count => 1;

        public string this[int index] => throw Break();

        public IEnumerator<string> GetEnumerator() => throw Break();

        private InvalidOperationException Break()
        {
            whenRead?.Invoke();
            return new InvalidOperationException("an injected fault");
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
