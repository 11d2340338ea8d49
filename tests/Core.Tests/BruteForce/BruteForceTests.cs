using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.BruteForce;

/// <summary>On small pools the engine is compared with a checker that tries everything: it places whatever can be placed, on the best
/// class that has room, and nothing that can't be.</summary>
public sealed class BruteForceTests
{
    private static readonly (string Model, int Gib)[] Kinds =
        [(Machine.A100, 80), (Machine.A100, 40), (Machine.Rtx6000Ada, 48), (Machine.Rtx4090, 24), (Machine.Rtx3080, 10)];

    /// <summary>Nothing is promised and nothing spills: what has room must run at once.</summary>
    private static readonly PoolConfig Plain = new()
    {
        Backfill = new BackfillConfig { Depth = 0 },
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
        for (var seed = firstSeed; seed < firstSeed + 150; seed++) Play(new Random(seed), seed);
    }

    private static void Play(Random random, int seed)
    {
        var machines = Enumerable.Range(0, random.Next(1, 4)).Select(i => RandomMachine(random, $"node{i}")).ToList();
        var (pool, ledger, wishes) = (new TestPool(Plain).Join(machines), new Ledger(machines), new Dictionary<JobId, Wish>());
        for (var turn = 0; turn < 30; turn++)
        {
            if (random.Next(3) > 0) Submit(pool, ledger, wishes, Wish.Random(random), seed);
            else End(pool, ledger, random);
            Book(pool, ledger, wishes, seed);
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
        var model = ledger.Machines.SelectMany(machine => machine.Cards).Single(card => card.Uuid == granted.Nodes[0].Devices[0].Uuid).Model;
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
            pool.Step(new PoolInput.Reported(share.Node, sequence, attempt.Id, pool.Now, new AttemptEvent.Ended(EndCause.Exited, 0, null, "")));
        }
    }

    /// <summary>Books what was granted since the last look, after checking it.</summary>
    private static void Book(TestPool pool, Ledger ledger, Dictionary<JobId, Wish> wishes, int seed)
    {
        foreach (var job in pool.State.Jobs.Where(job => job.State != JobState.Pending && !ledger.Holders.Contains(job.Id)).OrderBy(job => job.Id).ToList())
        {
            Assert.Null(Checker.Objection(ledger, wishes[job.Id], job.Attempt!.Allocation) is { } objection ? $"seed {seed}: {wishes[job.Id]}: {objection}" : null);
            ledger.Take(job.Id, wishes[job.Id], job.Attempt.Allocation);
        }
    }

    private static Machine RandomMachine(Random random, string name)
    {
        var machine = new Machine(name) { Cores = random.Next(4, 17), ReservedCores = random.Next(0, 3), MemoryMib = random.Next(8, 33) * 1024L };
        for (var i = random.Next(0, 3); i > 0; i--)
        {
            var (model, gib) = Kinds[random.Next(Kinds.Length)];
            machine = machine.With(random.Next(1, 4), model, gib);
        }

        return machine;
    }
}
