using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Nodes;

/// <summary>What a worker keeps for other stores, told in its session.</summary>
public sealed class KeptStoresTests
{
    private static readonly KeptStore Holding =
        new("other", 1, [new Core.Identity.KeptAttempt("7", 1, [DeviceShare.Of("GPU-lab")], CpuCores: 2, MemoryMib: 64)]);

    [Fact]
    public async Task CardOfAnotherStore_IsGrantedOnceItsWorkerSaysThatItIsFree()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        await worker.Grain.Keep(worker.Session, [Holding]);

        var job = await pool.SubmitOne(Drafts.Training);

        Assert.Equal(JobState.Pending, (await pool.Job(job)).State);
        var node = await pool.NodeView("lab");
        Assert.True(Assert.Single(node.Devices).HeldElsewhere);
        Assert.Equal("7", Assert.Single(Assert.Single(node.KeptStores).Attempts).Job);

        await worker.Grain.Keep(worker.Session, [Holding with { Attempts = [] }]);

        Assert.Equal(job, (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt.Job);
        Assert.False(Assert.Single((await pool.NodeView("lab")).Devices).HeldElsewhere);
        Assert.Equal("keeps the folder of 1 other store until it is removed by hand: other-1", (await pool.NodeView("lab")).Why);
    }

    [Fact]
    public async Task WhatAnEndedSessionSays_ChangesNothing()
    {
        await using var pool = await PoolUnderTest.Start();
        var older = await pool.Join("lab");
        await pool.Join("lab");

        await older.Grain.Keep(older.Session, [Holding]);

        Assert.Empty((await pool.NodeView("lab")).KeptStores);
    }

    /// <summary>They are known from the worker alone: a poison in another call must not lose them.</summary>
    [Fact]
    public async Task WhatIsKept_OutlivesAStateThatIsMadeAnew()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var worker = await pool.Join("lab");
        await worker.Grain.Keep(worker.Session, [Holding]);

        var poison = new PoolInput.Cancel(new BrokenList(), "eve", "");
        Assert.True((await pool.Pool.Apply(Messages.PoolCall.Of(poison))).Failed);

        Assert.True(Assert.Single((await pool.NodeView("lab")).Devices).HeldElsewhere);
        Assert.Single((await pool.NodeView("lab")).KeptStores);
        var job = await pool.SubmitOne(Drafts.Training);
        Assert.Equal(JobState.Pending, (await pool.Job(job)).State);
    }
}
