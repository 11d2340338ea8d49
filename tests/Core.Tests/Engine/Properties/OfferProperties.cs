using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Profiles, conditions, and two things that are too much at once: something is offered whenever something would do.</summary>
public sealed class OfferProperties
{
    /// <summary>What is asked for, and what of it could be left.</summary>
    private static readonly (string Asked, string[] Instead)[] Wishes =
    [
        ("a100:1g.10gb", ["a100:1", "1g.10gb", "2g.20gb"]), ("1g.10gb:2", ["any:2", "1g.10gb:1"]), ("20GB..:mig", ["20GB..", "mig"]),
        ("cc>=10", ["cc>=8.6", "cc>=8.0", "any:1"]), ("driver>=999", ["driver>=550", "any:1"]),
        ("cc>=10:ecc", ["cc>=8.0:ecc", "ecc", "cc>=8.6"]), ("a100:1", ["any:1"]), ("80GB..", ["40GB..", "10GB.."]), ("a100:3", ["a100:1"]),
    ];

    [Fact]
    public void Something_is_offered_whenever_one_or_two_changes_start_it() => Check.One(Runs.Config(120), Prop.ForAll(Runs.Bytes, bytes =>
    {
        var (gpus, instead) = Wishes[At(bytes, 40) % Wishes.Length];
        var (cpus, memory) = (At(bytes, 41) % 2 == 0 ? 1 : 64, At(bytes, 42) % 2 == 0 ? "2GiB" : "900GiB");
        var asked = Drafts.Training(gpus) with { Cpus = cpus, Memory = memory };
        var pool = Filled(bytes);
        var id = pool.Submit(asked);
        if (pool[id].State.HoldsAllocation()) return true;
        JobDraft[] one =
        [
            .. instead.Select(other => asked with { Gpus = other }), asked with { Cpus = 1 }, asked with { Memory = "1GiB" },
        ];
        JobDraft[] two =
        [
            .. instead.SelectMany(other => new[]
            {
                asked with { Gpus = other, Cpus = 1 }, asked with { Gpus = other, Memory = "1GiB" },
            }),
            asked with { Cpus = 1, Memory = "1GiB" },
        ];

        var helps = one.Concat(two).FirstOrDefault(draft => Starts(bytes, draft));

        var offered = pool.Engine.Forecast(pool.State, pool[id], pool.Now)!.WouldStartIf;
        Assert.True(
            helps is null || offered.Count > 0, $"--gpus {gpus} --cpus {cpus} --mem {memory} waits, nothing is offered, and "
                + $"--gpus {helps?.Gpus} --cpus {helps?.Cpus} --mem {helps?.Memory} starts");
        Assert.All(offered, change => Assert.DoesNotMatch("[0-9]{4,}MiB", change.Change));
        return true;
    }));

    private static bool Starts(byte[] bytes, JobDraft draft)
    {
        var pool = Filled(bytes);
        var id = pool.Submit(draft);
        return pool[id].State.HoldsAllocation();
    }

    private static byte At(byte[] bytes, int at) => bytes.Length == 0 ? (byte)at : bytes[at % bytes.Length];

    private static TestPool Filled(byte[] bytes)
    {
        var pool = new TestPool();
        for (var i = 0; i < 3; i++)
        {
            var machine = new Machine($"m{i}") { Cores = 8, MemoryMib = 64 * 1024 };
            pool.Join((At(bytes, i) % 4) switch
            {
                0 => machine.With(1 + (At(bytes, i + 4) % 2), Machine.A100, 80).Knowing(facts => facts with { Driver = "550.54" }),
                1 => machine.WithSlices(2, Machine.A100, "1g.10gb", 10).WithSlices(1, Machine.A100, "2g.20gb", 20),
                2 => machine.With(2, Machine.Rtx3080, 10).Knowing(facts => facts with { Driver = "560.10" }),
                _ => machine.With(1, "AMD Instinct MI210", 64, DeviceClass.Datacenter),
            });
        }

        for (var i = 0; i < At(bytes, 20) % 5; i++)
        {
            var id = pool.Submit(Drafts.Training("1"));
            if (pool[id].State.HoldsAllocation()) pool.Start(id);
            else pool.Step(new Core.Engine.PoolInput.Cancel([$"{id}"], "ann", ""));
        }

        return pool;
    }
}
