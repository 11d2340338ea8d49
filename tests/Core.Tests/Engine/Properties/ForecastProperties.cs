using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Rounds;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Looking ahead is looking: it says something, and changes nothing.</summary>
public sealed class ForecastProperties
{
    public static TheoryData<string> Policies { get; } = [.. PoolPolicy.Names];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Explaining_every_job_between_steps_never_changes_what_the_pool_decides(string policy) =>
        Check.One(Runs.Config(policy == PoolPolicy.Default ? 20 : 3), Prop.ForAll(Runs.Bytes, bytes =>
        {
            Assert.Equal(Ending(new RandomPool(policy: policy).Play(bytes)), Ending(new RandomPool(policy: policy).Play(bytes, Ask())));
            return true;
        }));

    [Fact]
    public void Nor_does_it_where_users_have_limits() => Check.One(Runs.Config(6), Prop.ForAll(Runs.Bytes, bytes =>
    {
        Assert.Equal(Ending(Limited().Play(bytes)), Ending(Limited().Play(bytes, Ask())));
        return true;
    }));

    [Fact]
    public void In_a_thousand_random_pools_every_job_is_explained() => Check.One(Runs.Config(1000), Prop.ForAll(Runs.Bytes, bytes =>
    {
        Look(new RandomPool().Play(bytes));
        return true;
    }));

    private static RandomPool Limited() => new(new QuotaConfig { Users = [new QuotaRule("*", new QuotaLimits { Running = 3 })] });

    /// <summary>All that was decided, and the classes of requests as they were first seen: later steps go by their order.</summary>
    private static string Ending(RandomPool pool) => string.Join('\n', [
        pool.Transcript.ToString(),
        .. pool.State.Room.Ready.Classes.Select(one =>
            $"{one.Tier} {one.Checkpointed} {one.Band} {one.Stay} {one.Request.CpuCores}: "
                + string.Join(' ', one.Lanes.Select(lane => lane.Count))),
    ]);

    /// <summary>Every job is explained after every event; to look ahead takes copies of the pool, and is done after each eighth.</summary>
    private static Action<RandomPool> Ask()
    {
        var events = 0;
        return pool =>
        {
            Explain(pool);
            if (events++ % 8 == 0) LookAhead(pool);
        };
    }

    private static void Look(RandomPool pool)
    {
        Explain(pool);
        LookAhead(pool);
    }

    private static void Explain(RandomPool pool)
    {
        var engine = new PoolEngine(pool.State.Config);
        foreach (var job in pool.State.Jobs.ToList())
        {
            Assert.All(engine.Explain(pool.State, job, pool.Now), line => Assert.False(string.IsNullOrWhiteSpace(line.Text)));
            Assert.DoesNotContain(
                engine.Explain(pool.State, job, pool.Now), line => line.Text.Contains("after 0 s", StringComparison.Ordinal));
            Assert.NotEmpty(engine.Explain(pool.State, job, pool.Now));
        }
    }

    private static void LookAhead(RandomPool pool)
    {
        var engine = new PoolEngine(pool.State.Config);
        var (waiting, next) = pool.State.Jobs.Where(job => !job.State.HoldsAllocation()).OrderBy(job => job.Id).Take(2).ToList() switch
        {
            [] => (null, null),
            [var only] => (only, null),
            [var one, var other, ..] => (one, other),
        };
        if (waiting is null) return;
        var forecast = engine.Forecast(pool.State, waiting, pool.Now)!;
        if (next is not null && forecast.BlockedBy.Any(blocker => blocker.Job == next.Id))
            Assert.DoesNotContain(
                engine.Forecast(pool.State, next, pool.Now)!.BlockedBy, blocker => blocker.Job == waiting.Id);
        Assert.NotEmpty(forecast.Basis);
        Assert.True(forecast.Eta is null || forecast.Eta >= pool.Now);
        Assert.All(
            forecast.WouldStartIf, change => Assert.True(change.StartsNow && change.Text.StartsWith("on ", StringComparison.Ordinal)));
    }
}
