using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.BruteForce;

/// <summary>On small pools the engine is compared with a checker that tries everything: it places whatever can be placed, on the best
/// class that has room, and nothing that can't be. Single jobs, gangs, parts of cards and MIG slices together, on machines with power
/// budgets and hours, for users with limits.</summary>
public sealed class BruteForceTests
{
    private static readonly (string Model, int Gib, int Watts)[] Kinds =
    [
        (Machine.A100, 80, 400), (Machine.A100, 40, 250), (Machine.Rtx6000Ada, 48, 300), (Machine.Rtx4090, 24, 450),
        (Machine.Rtx3080, 10, 320),
    ];

    /// <summary>Nothing is promised and nothing spills: what has room must run at once.</summary>
    private static readonly PoolConfig Plain = new()
    {
        Backfill = new BackfillConfig { Depth = 0 },
        Quotas = Limits.Quotas,
        Nodes = Limits.Hours,
        Tiers =
        [
            new TierConfig("training", [DeviceClass.Datacenter, DeviceClass.Professional], []),
            new TierConfig("validation", [DeviceClass.Consumer, DeviceClass.Professional], []),
            new TierConfig("preprocessing", [DeviceClass.Cpu], []),
        ],
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(3000)]
    public void The_engine_agrees_with_trying_everything(int firstSeed)
    {
        var granted = new Dictionary<string, int>();
        for (var seed = firstSeed; seed < firstSeed + 150; seed++) Play(new Random(seed), seed, granted);

        // All of it was tried.
        Assert.All(
            ["single", "part", "slice", "gang", "on a budget", "before closing", "of a limited user"], what =>
                Assert.InRange(granted[what], 20, int.MaxValue));
    }

    private static readonly string[] Names = ["node", "node", "node", "night", "noon"];

    private static void Play(Random random, int seed, Dictionary<string, int> granted)
    {
        // Of three kinds, so that gangs find nodes with cards of one of them.
        var kinds = random.GetItems(Kinds, 3);
        var machines = Enumerable.Range(0, random.Next(2, 5))
            .Select(i => RandomMachine(random, kinds, $"{Names[random.Next(Names.Length)]}{i}")).ToList();
        var (pool, ledger, wishes) = (new TestPool(Plain).Join(machines), new Ledger(machines), new Dictionary<JobId, Wish>());
        for (var turn = 0; turn < 30; turn++)
        {
            if (random.Next(3) > 0) Submit(pool, ledger, wishes, Wish.Random(random), seed);
            else End(pool, ledger, random);
            foreach (var what in Book(pool, ledger, wishes, seed)) granted[what] = granted.GetValueOrDefault(what) + 1;
            foreach (var job in pool.State.Jobs.Where(job => job.State == JobState.Pending))
                Assert.True(Checker.BestRank(ledger, wishes[job.Id]) is null, $"seed {seed}: {wishes[job.Id]} has room and waits");
        }
    }

    private static void Submit(TestPool pool, Ledger ledger, Dictionary<JobId, Wish> wishes, Wish wish, int seed)
    {
        var best = Checker.BestRank(ledger, wish);
        var id = pool.Submit(wish.ToDraft());
        wishes[id] = wish;
        var granted = pool[id].Attempt?.Allocation;
        Assert.True(granted is null == best is null, $"seed {seed}: {wish} should be {(best is null ? "waiting" : "running")}");
        if (granted is null || wish.Cards == 0) return;
        var model = ledger.Machines.SelectMany(machine => machine.Cards).Single(card => card.Uuid == granted.Nodes[0].Devices[0].Uuid)
            .Model;
        Assert.True(Checker.RankOf(wish, model) == best, $"seed {seed}: {wish} got {model}, a worse class than there was room on");
    }

    private static void End(TestPool pool, Ledger ledger, Random random)
    {
        if (ledger.Holders.Count == 0) return;
        var id = ledger.Holders.Order().ElementAt(random.Next(ledger.Holders.Count));
        ledger.GiveBack(id);
        var attempt = pool[id].Attempt!;
        foreach (var share in attempt.Allocation.Nodes)
        {
            var sequence = pool.State.FindNode(share.Node)!.DurableSequence + 1;
            pool.Step(
                new PoolInput.Reported(share.Node, sequence, attempt.Id, pool.Now, new AttemptEvent.Ended(EndCause.Exited, 0, null, "")));
        }
    }

    /// <summary>Books what was granted since the last look, after checking it; says what it was.</summary>
    private static List<string> Book(TestPool pool, Ledger ledger, Dictionary<JobId, Wish> wishes, int seed)
    {
        var seen = new List<string>();
        foreach (var job in
            pool.State.Jobs.Where(job => job.State != JobState.Pending && !ledger.Holders.Contains(job.Id)).OrderBy(job => job.Id).ToList())
        {
            Assert.Null(
                Checker.Objection(ledger, wishes[job.Id], job.Attempt!.Allocation) is { } objection
                    ? $"seed {seed}: {wishes[job.Id]}: {objection}"
                    : null);
            ledger.Take(job.Id, wishes[job.Id], job.Attempt.Allocation);
            seen.AddRange(Words(wishes[job.Id], ledger.Machines.First(machine => machine.Id == job.Attempt.Allocation.Head.Node)));
        }

        return seen;
    }

    private static IEnumerable<string> Words(Wish wish, Machine machine)
    {
        yield return wish.Nodes > 1 ? "gang" : wish.IsPart ? "part" : wish.Mig is null ? "single" : "slice";
        if (machine.Power.BudgetWatts is not null && wish.Cards > 0) yield return "on a budget";
        if (Limits.HoursLeft(machine) is not null) yield return "before closing";
        if (wish.User != "bob") yield return "of a limited user";
    }

    private static Machine RandomMachine(Random random, (string Model, int Gib, int Watts)[] kinds, string name)
    {
        var machine = new Machine(name)
        {
            Cores = random.Next(4, 17), ReservedCores = random.Next(0, 3), MemoryMib = random.Next(8, 33) * 1024L,
        };
        for (var i = random.Next(0, 3); i > 0; i--)
        {
            var (model, gib, watts) = kinds[random.Next(kinds.Length)];
            machine = With(machine, random.Next(1, 4), model, gib, watts);
        }

        if (random.Next(4) == 0) machine = machine.WithSlices(random.Next(1, 4), Machine.A100, "1g.10gb", 10);
        machine = machine with { Cards = [.. machine.Cards.Select(card => card.Mig is null ? card : Drawing(card, 60))] };
        return random.Next(3) == 0 ? machine with { Power = new NodePower(random.Next(3, 13) * 100, null, 0) } : machine;
    }

    private static Machine With(Machine machine, int count, string model, int gib, int watts)
    {
        var more = machine.With(count, model, gib);
        return more with { Cards = [.. machine.Cards, .. more.Cards.Skip(machine.Cards.Count).Select(card => Drawing(card, watts))] };
    }

    private static AnnouncedDevice Drawing(AnnouncedDevice card, int watts) => card with { Facts = card.Facts with { Watts = watts } };
}
