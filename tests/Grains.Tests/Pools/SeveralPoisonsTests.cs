using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>Several inputs of one cycle that the engine can't take cost one look at the store together, and nothing else.</summary>
public sealed class SeveralPoisonsTests
{
    [Fact]
    public async Task ThreePoisons_CostOneLookAtTheStore_AndTheOthersAreServed()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var worker = await pool.Join("lab");
        var before = await Epoch(pool);

        var answers = await Cycles.InOne(
            pool, () => pool.Submit(Drafts.Cpu), () => Poison(pool, "eve"), () => pool.Submit(Drafts.Training),
            () => Poison(pool, "mallory"), () => Poison(pool, "trudy"), () => pool.Submit(Drafts.Cpu));

        Assert.Equal([false, true, false, true, true, false], answers.Select(answer => answer.Failed));
        Assert.All([answers[0], answers[2], answers[5]], answer => Assert.IsType<PoolReply.Submitted>(answer.Reply));
        Assert.Equal(before + 1, await Epoch(pool));
        Assert.True(await worker.Grain.Heartbeat(worker.Session));
        await MemoryIsWhatTheStoreHas(pool, jobs: 4);
    }

    [Fact]
    public async Task ThreePoisons_ThatNoInputIsBlamedFor_CostOneLookAtTheStore()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var worker = await pool.Join("lab");
        pool.Commits.Refuses = change => change is StoreChange.JobsAdded { Spec.Name: "poison" };
        var before = await Epoch(pool);

        var answers = await Cycles.InOne(
            pool, () => pool.Submit(Drafts.Training), () => BadWrite(pool, "eve"), () => pool.Submit(Drafts.Cpu),
            () => BadWrite(pool, "mallory"), () => BadWrite(pool, "trudy"), () => pool.Submit(Drafts.Cpu));

        Assert.Equal([false, true, false, true, true, false], answers.Select(answer => answer.Failed));
        Assert.Equal(before + 1, await Epoch(pool));
        Assert.True(await worker.Grain.Heartbeat(worker.Session));
        await MemoryIsWhatTheStoreHas(pool, jobs: 4);
        Assert.Equal([1, 2, 3, 4], await Dispatched(worker, 4));
        Assert.False(worker.HasOrders);
    }

    /// <summary>What was served between two of them is in memory, and in the state that is made after the second.</summary>
    [Fact]
    public async Task JobThatWasQueuedAgainBetweenTwoPoisons_IsQueuedOnce()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var ended = await pool.SubmitOne(Drafts.Cpu);
        await pool.Pool.Apply(PoolCall.Of(new PoolInput.Cancel([$"{ended}"], "ada", "")));
        pool.Commits.Refuses = change => change is StoreChange.JobsAdded { Spec.Name: "poison" };

        var answers = await Cycles.InOne(
            pool, () => pool.Pool.Apply(PoolCall.Of(new PoolInput.Requeue([$"{ended}"], "ada"))), () => BadWrite(pool, "eve"),
            () => BadWrite(pool, "mallory"));

        Assert.Equal([false, true, true], answers.Select(answer => answer.Failed));
        Assert.Equal(JobState.Pending, (await pool.Job(ended)).State);
        await MemoryIsWhatTheStoreHas(pool, jobs: 2);
        await pool.Join("lab");
        Assert.Equal(1, (await pool.Job(ended)).Attempt!.Number);
    }

    [Fact]
    public async Task PoisonOfALaterCycle_HasTheStoreReadAgain()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var before = await Epoch(pool);
        await Cycles.InOne(pool, () => Poison(pool, "eve"), () => Poison(pool, "mallory"));

        Assert.True((await Poison(pool, "trudy")).Failed);

        Assert.Equal(before + 2, await Epoch(pool));
    }

    private static async Task<long> Epoch(PoolUnderTest pool) => (await pool.Pool.GetPool()).Epoch;

    private static Task<PoolAnswer> Poison(PoolUnderTest pool, string user) =>
        pool.Pool.Apply(PoolCall.Of(new PoolInput.Cancel(new BrokenList(), user, "")));

    private static Task<PoolAnswer> BadWrite(PoolUnderTest pool, string user) =>
        pool.Submit(Drafts.Cpu with { Name = "poison", User = user });

    private static async Task MemoryIsWhatTheStoreHas(PoolUnderTest pool, int jobs)
    {
        var live = (await pool.Pool.GetJobs(new JobQuery())).Jobs.Select(job => (job.Id, job.State)).Order();
        var stored = (await pool.Store.FindJobsAsync(new JobQuery(), CancellationToken.None))
            .Select(found => (found.Job.Id, found.Job.State)).Order().ToList();
        Assert.Equal(stored, live);
        Assert.Equal(jobs, stored.Count);
    }

    private static async Task<List<long>> Dispatched(FakeWorker worker, int count)
    {
        var numbers = new List<long>();
        while (numbers.Count < count) numbers.Add((await worker.Next<PoolEffect.Dispatch>()).Order.Attempt.Job.Number);
        return [.. numbers.Order()];
    }
}
