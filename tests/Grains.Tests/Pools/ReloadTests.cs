using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>Rules are replaced between two cycles.</summary>
public sealed class ReloadTests
{
    private static readonly PoolConfig Slower = new()
    {
        Leases = new LeaseConfig { Heartbeat = TimeSpan.FromSeconds(20), Lease = TimeSpan.FromMinutes(20) },
    };

    [Fact]
    public async Task Reload_KeepsTheQueueAndShowsTheNewTiers()
    {
        await using var pool = await PoolUnderTest.Start();
        var id = await pool.SubmitOne(Drafts.Training);

        var answer = await pool.Pool.Apply(PoolCall.Of(new PoolInput.Reload(Slower with { Tiers = [TierConfig.Shipped[0]] })));

        Assert.Equal(["tiers", "leases"], Assert.IsType<PoolReply.Reloaded>(answer.Reply).Changed);
        Assert.Equal(["training"], (await pool.Pool.GetPool()).Counts.Select(count => count.Tier));
        Assert.NotNull((await pool.Job(id)).Reason);
    }

    [Fact]
    public async Task LeaseTimes_HoldForSessionsThatBeginLater()
    {
        await using var pool = await PoolUnderTest.Start();
        await pool.Join("early");

        await pool.Pool.Apply(PoolCall.Of(new PoolInput.Reload(Slower)));
        var late = new FakeWorker(pool, pool.Client, "late");

        Assert.Equal(Slower.Leases, (await late.Open()).Leases);
    }

    [Fact]
    public async Task RefusedRules_LeaveTheOldOnesInForce()
    {
        await using var pool = await PoolUnderTest.Start();

        var answer = await pool.Pool.Apply(PoolCall.Of(new PoolInput.Reload(new PoolConfig { Tiers = [] })));

        Assert.Equal("tiers", Assert.Single(Assert.IsType<PoolReply.Rejected>(answer.Reply).Faults).Field);
        Assert.Equal(3, (await pool.Pool.GetPool()).Counts.Length);
    }
}
