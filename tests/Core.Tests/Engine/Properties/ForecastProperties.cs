using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Looking ahead is looking: it says something, and changes nothing.</summary>
public sealed class ForecastProperties
{
    [Fact]
    public void Looking_ahead_never_changes_what_the_pool_decides() => Check.One(Runs.Config(40), Prop.ForAll(
        Runs.Bytes, bytes =>
            new RandomPool().Play(bytes, Look).Transcript.ToString() == new RandomPool().Play(bytes).Transcript.ToString()));

    [Fact]
    public void In_a_thousand_random_pools_every_job_is_explained() => Check.One(Runs.Config(1000), Prop.ForAll(Runs.Bytes, bytes =>
    {
        Look(new RandomPool().Play(bytes));
        return true;
    }));

    private static void Look(RandomPool pool)
    {
        var engine = new PoolEngine(pool.State.Config);
        foreach (var job in pool.State.Jobs.ToList())
        {
            Assert.All(engine.Explain(pool.State, job, pool.Now), line => Assert.False(string.IsNullOrWhiteSpace(line.Text)));
            Assert.NotEmpty(engine.Explain(pool.State, job, pool.Now));
        }

        if (pool.State.Jobs.Where(job => !job.State.HoldsAllocation()).MinBy(job => job.Id) is not { } waiting) return;
        var forecast = engine.Forecast(pool.State, waiting, pool.Now)!;
        Assert.NotEmpty(forecast.Basis);
        Assert.True(forecast.Eta is null || forecast.Eta >= pool.Now);
        Assert.All(
            forecast.WouldStartIf, change => Assert.True(change.StartsNow && change.Text.StartsWith("on ", StringComparison.Ordinal)));
    }
}
