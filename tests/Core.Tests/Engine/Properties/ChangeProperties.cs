using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>A user who asks for too much is told what would do: something whenever anything would, the nearest first.</summary>
public sealed class ChangeProperties
{
    private static readonly (string Model, int Gib)[] Cards =
        [(Machine.A100, 80), (Machine.A100, 40), (Machine.Rtx6000Ada, 48), (Machine.Rtx4090, 24), (Machine.Rtx3080, 10)];

    [Fact]
    public void Something_is_offered_whenever_plain_counting_finds_it() => Check.One(Runs.Config(150), Prop.ForAll(Runs.Bytes, bytes =>
    {
        var pool = Filled(bytes);
        var (draft, asked) = Wanted(bytes);
        var id = pool.Submit(draft);
        if (pool[id].State.HoldsAllocation()) return true;

        var offered = pool.Engine.Forecast(pool.State, pool[id], pool.Now)!.WouldStartIf;
        var helps = new PlainCount(pool);
        var found = asked.Changes().FirstOrDefault(helps.Fits);
        Assert.True(offered.Count > 0 || found is null, $"{asked} waits, and nothing is offered, but {found} fits");
        var nearest = asked.LessMemory().Where(helps.Fits).Select(one => (long?)one.CardGib).Max();
        if (nearest is not { } gib) return true;
        var told = offered.Select(change => change.Change)
            .FirstOrDefault(change => change.StartsWith("--gpus any:", StringComparison.Ordinal));
        Assert.True(
            told is null ? offered.Count == 4 : told == $"--gpus any:{gib}GiB..:{asked.Cards}", $"{asked}: {told} instead of {gib} GiB");
        return true;
    }));

    private static byte At(byte[] bytes, int at) => bytes.Length == 0 ? (byte)at : bytes[at % bytes.Length];

    /// <summary>Four machines with up to three cards of one kind, and jobs that hold some of it; nobody else waits.</summary>
    private static TestPool Filled(byte[] bytes)
    {
        var pool = new TestPool();
        for (var i = 0; i < 4; i++)
        {
            var (model, gib) = Cards[At(bytes, i) % Cards.Length];
            pool.Join(new Machine($"m{i}") { Cores = 4 + (At(bytes, i + 4) % 9), MemoryMib = 1024L * (8 + (At(bytes, i + 8) % 60)) }
                .With(At(bytes, i + 12) % 4, model, gib));
        }

        for (var i = 0; i < At(bytes, 20) % 9; i++)
        {
            var b = At(bytes, 21 + i);
            var id = pool.Submit(Drafts.Job(
                $"{1 + (b % 2)}", b % 3 == 0 ? "training" : "validation", cpus: 1 + (b % 4), memory: $"{1 + (b % 20)}GiB"));
            if (pool[id].State.HoldsAllocation()) pool.Start(id);
            else pool.Step(new PoolInput.Cancel([$"{id}"], "ann", ""));
        }

        return pool;
    }

    private static (JobDraft Draft, PlainWish Wish) Wanted(byte[] bytes)
    {
        var b = At(bytes, 31);
        var wish = new PlainWish(
            b % 2 == 0 ? "training" : "validation", 1 + (At(bytes, 32) % 3), b % 3 == 0 ? 0 : 8 * (1 + (At(bytes, 33) % 12)),
            1 + (At(bytes, 34) % 12), 1 + (At(bytes, 35) % 60));
        var memory = wish.CardGib > 0 ? $"{wish.CardGib}GiB..:" : "";
        return (Drafts.Job($"{memory}{wish.Cards}", wish.Tier, cpus: wish.Cores, memory: $"{wish.Gib}GiB"), wish);
    }

    /// <summary>What is asked for, and what differs from it in one thing.</summary>
    private sealed record PlainWish(string Tier, int Cards, int CardGib, int Cores, int Gib)
    {
        public IEnumerable<PlainWish> LessMemory() =>
            ChangeProperties.Cards.Select(card => card.Gib).Distinct().Where(gib => gib < CardGib).Order()
                .Select(gib => this with { CardGib = gib });

        public IEnumerable<PlainWish> Changes() =>
        [
            .. LessMemory(), .. Enumerable.Range(1, Cards - 1).Select(cards => this with { Cards = cards }),
            .. Enumerable.Range(1, Cores - 1).Select(cores => this with { Cores = cores }),
            .. Enumerable.Range(1, Gib - 1).Select(gib => this with { Gib = gib }),
            this with { Tier = Tier == "training" ? "validation" : "training" },
        ];
    }

    /// <summary>Looks at every machine, and at nothing that the engine has worked out.</summary>
    private sealed class PlainCount(TestPool pool)
    {
        public bool Fits(PlainWish wish) => pool.State.Nodes.Any(node => Fits(wish, node));

        private bool Fits(PlainWish wish, Node node)
        {
            var use = pool.State.UseOf(node.Id);
            var free = node.Devices.Count(card => !use.Granted.ContainsKey(card.Uuid) && card.MemoryMib >= wish.CardGib * 1024L
                && Open(wish.Tier).Contains(card.Class));
            return free >= wish.Cards && node.CpuCores - use.CpuCores >= wish.Cores && node.MemoryMib - use.MemoryMib >= wish.Gib * 1024L;
        }

        private static IEnumerable<DeviceClass> Open(string tier)
        {
            var config = TierConfig.Shipped.Single(one => one.Name == tier);
            return config.Classes.Concat(config.Loans.Select(loan => loan.Class));
        }
    }
}
