using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>A worker knows a later state than the store: the store is a backup that was put back.</summary>
public sealed class GenerationTests
{
    [Fact]
    public async Task LaterStateInAHello_BeginsAGenerationAboveTheNumbersItNames()
    {
        await using var pool = await PoolUnderTest.Start();
        var before = await pool.Pool.GetPool();

        var answer = await Join(pool, "lab", Claim(commit: 900, job: 41));

        Assert.Equal(2, answer.OtherStore!.Store.Generation);
        Assert.Equal(before.Epoch + 1, (await pool.Pool.GetPool()).Epoch);
        Assert.Equal(42, (await pool.SubmitOne(Drafts.Cpu)).Number);
        Assert.Equal((2, 43), await Stored(pool));
    }

    [Fact]
    public async Task EverySessionOfTheOldGeneration_IsAskedToJoinAnew()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("desk");
        await pool.SubmitOne(Drafts.Training);
        await worker.Next<PoolEffect.Dispatch>();

        await Join(pool, "lab", Claim(commit: 900, job: 7));

        Assert.Equal(SessionEnd.Rejoin, await worker.Ended);
        Assert.Equal(8, (await pool.SubmitOne(Drafts.Cpu)).Number);
    }

    /// <summary>Another worker of the lost time was given later jobs still: their numbers are not given out a second time.</summary>
    [Fact]
    public async Task HelloOfTheOldGenerationThatComesLater_RaisesTheNumbersOnly()
    {
        await using var pool = await PoolUnderTest.Start();
        await Join(pool, "lab", Claim(commit: 900, job: 41));
        var worker = await pool.Join("rack");

        var answer = await Join(pool, "desk", Claim(commit: 950, job: 60));

        Assert.Equal(2, answer.OtherStore!.Store.Generation);
        Assert.Equal(61, (await pool.SubmitOne(Drafts.Cpu)).Number);
        Assert.True(await worker.Grain.Heartbeat(worker.Session));
        Assert.Equal((2, 62), await Stored(pool));
    }

    [Fact]
    public async Task HelloThatKnowsNoMoreThanTheStore_BeginsNone()
    {
        await using var pool = await PoolUnderTest.Start();
        await pool.SubmitOne(Drafts.Cpu);

        var answer = await Join(pool, "lab", Claim(commit: 1, job: 1));

        Assert.NotNull(answer.Accepted);
        Assert.Equal((1, 2), await Stored(pool));
    }

    /// <summary>Of the harness's store, in its first generation.</summary>
    private static StoreClaim Claim(long commit, long job) => new("in-memory", 1, "", commit, job);

    private static Task<SessionAnswer> Join(PoolUnderTest pool, string node, StoreClaim served)
    {
        var worker = new FakeWorker(pool, pool.Client, node);
        var joined = new PoolInput.NodeJoined(
            new NodeId(node), worker.Session, "boot-1", "1.0", new NodeInventory(8, 65_536, 2, []), [])
        {
            Served = served, Instance = node,
        };
        return pool.Node(node).Open(joined, pool.Reference<Grains.Nodes.IWorkerSession>(worker));
    }

    private static async Task<(long Generation, long NextJobNumber)> Stored(PoolUnderTest pool)
    {
        var stored = await pool.Store.OpenAsync(CancellationToken.None);
        return (stored.Identity.Generation, stored.NextJobNumber);
    }
}
