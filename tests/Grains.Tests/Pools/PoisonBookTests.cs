using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>Clients in a loop can't keep a pool busy with reading its store.</summary>
public sealed class PoisonBookTests
{
    [Fact]
    public async Task Repeats_AreRefusedForAPauseThatDoubles()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var before = (await pool.Pool.GetPool()).Epoch;

        for (var i = 0; i < 100; i++)
        {
            await Poison(pool, "eve");
            await pool.SubmitOne(Drafts.Cpu);
        }

        Assert.Equal(before + 1, (await pool.Pool.GetPool()).Epoch);
        Assert.Equal("the last cancel by eve met an internal error of the scheduler; the next one is taken in 1 s",
            (await Poison(pool, "eve")).Refusal);
        pool.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await Poison(pool, "eve")).Failed);
        Assert.EndsWith("in 2 s", (await Poison(pool, "eve")).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherCaller_AndAnotherKindOfCall_AreServed()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var job = await pool.SubmitOne(Drafts.Cpu);
        await Poison(pool, "eve");

        var hold = await pool.Pool.Apply(PoolCall.Of(new PoolInput.Hold([$"{job}"], "eve")));
        var cancel = await pool.Pool.Apply(PoolCall.Of(new PoolInput.Cancel([$"{job}"], "ada", "")));

        Assert.All([hold, cancel], answer => Assert.True(Assert.Single(Assert.IsType<PoolReply.Outcomes>(answer.Reply).Jobs).Changed));
    }

    [Fact]
    public async Task AfterTheLongestPause_TheCallerIsAsGoodAsAny()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        for (var i = 0; i < 12; i++)
        {
            await Poison(pool, "eve");
            pool.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        pool.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.True((await Poison(pool, "eve")).Failed);
        Assert.EndsWith("in 1 s", (await Poison(pool, "eve")).Refusal, StringComparison.Ordinal);
        Assert.Empty((await pool.Pool.GetJobs(new JobQuery())).Jobs);
    }

    private static Task<PoolAnswer> Poison(PoolUnderTest pool, string user) =>
        pool.Pool.Apply(PoolCall.Of(new PoolInput.Cancel(new BrokenList(), user, "")));
}
