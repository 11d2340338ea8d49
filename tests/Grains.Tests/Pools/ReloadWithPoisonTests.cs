using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>Rules that were acknowledged are in force, also where another input of their cycle could not be taken.</summary>
public sealed class ReloadWithPoisonTests
{
    private static readonly PoolConfig Other = new()
    {
        Tiers = [TierConfig.Shipped[0]],
        Leases = new LeaseConfig { Heartbeat = TimeSpan.FromSeconds(20), Lease = TimeSpan.FromMinutes(20) },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reload_BesideAPoison_HoldsForThePoolForSessionsAndForLaterReads(bool reloadFirst)
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        Func<Task<PoolAnswer>> reload = () => pool.Pool.Apply(PoolCall.Of(new PoolInput.Reload(Other)));
        Func<Task<PoolAnswer>> poison = () => Poison(pool, "eve");

        var answers = await Cycles.InOne(pool, reloadFirst ? [reload, poison] : [poison, reload]);

        var reloaded = answers.Select(answer => answer.Reply).OfType<PoolReply.Reloaded>();
        Assert.Equal(["tiers", "leases"], Assert.Single(reloaded).Changed);
        await HasOtherRules(pool, "a");
        Assert.True((await Poison(pool, "mallory")).Failed);
        await HasOtherRules(pool, "b");
    }

    private static async Task HasOtherRules(PoolUnderTest pool, string node)
    {
        Assert.Equal(["training"], (await pool.Pool.GetPool()).Counts.Select(count => count.Tier).Where(tier => tier != "preprocessing"));
        Assert.Equal(Other.Leases, (await new FakeWorker(pool, pool.Client, node).Open()).Leases);
    }

    private static Task<PoolAnswer> Poison(PoolUnderTest pool, string user) =>
        pool.Pool.Apply(PoolCall.Of(new PoolInput.Cancel(new BrokenList(), user, "")));
}
