using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>A question is no input: whatever is asked, the pool goes on as if it had not been.</summary>
public sealed class ExplainingChangesNothingTests
{
    private static readonly PoolConfig Config = new()
    {
        Tiers =
        [
            new TierConfig("training", [DeviceClass.Consumer], [new(DeviceClass.Datacenter, TimeSpan.FromMinutes(10), false)]),
            .. TierConfig.Shipped.Skip(1),
        ],
    };

    /// <summary>
    /// The steps move 64 jobs on to the datacenter cards, 22 of the class that was seen first. To explain the running job must not make
    /// its family's new class a class that was seen.
    /// </summary>
    [Fact]
    public void A_running_job_whose_family_has_learned_its_length_is_explained_and_arrays_start_as_before() =>
        Assert.Equal(Started(explained: false), Started(explained: true));

    private static int[] Started(bool explained)
    {
        var pool = new TestPool(Config).Join(
            new Machine("desk").With(4, Machine.Rtx4090, 24),
            new Machine("lab") { Cores = 200 }.With(60, Machine.A100, 80));
        var family = Enumerable.Range(0, 4).Select(_ => pool.Submit(Drafts.Training() with { Name = "sweep" })).ToList();
        family.ForEach(id => pool.Start(id));
        pool.After(TimeSpan.FromMinutes(3));
        family.Take(3).ToList().ForEach(id => pool.Exit(id));
        if (explained) pool.Engine.Explain(pool.State, pool[family[3]], pool.Now);

        for (var i = 0; i < 3; i++) pool.Submit(Drafts.Training() with { Name = "filler", TimeLimit = "10h" });
        JobId[] arrays =
        [
            .. new[] { ("b", 2, "1h"), ("c", 3, "1h"), ("sweep", 1, "") }.Select(
                one => pool.Submit(Drafts.Training() with { Name = one.Item1, Cpus = one.Item2, TimeLimit = one.Item3, Array = "0-99" })),
        ];
        pool.After(TimeSpan.FromMinutes(10));
        return
        [
            .. arrays.Select(array => pool.State.Jobs.Count(job => job.Id.Number == array.Number && job.State.HoldsAllocation())),
        ];
    }
}
