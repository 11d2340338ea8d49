using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Placement;

/// <summary>What spares a cycle a close look never hides a place: the bounds are put beside the full search on random pools.</summary>
public sealed class BoundTests
{
    private static readonly string[] Models = [Machine.A100, Machine.Rtx4090, Machine.Rtx6000Ada];

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_request_that_is_told_it_cannot_fit_does_not(int firstSeed)
    {
        var (told, fitting) = (0, 0);
        for (var seed = firstSeed; seed < firstSeed + 100; seed++)
        {
            var state = RandomPool(new Random(seed)).State;
            foreach (var query in Queries(state))
            {
                var place = Placer.Find(state.Map, query, null);
                if (!query.MayFit(state.Map)) Assert.True(place is null, $"seed {seed}: {query.Request} fits");
                told += query.MayFit(state.Map) ? 0 : 1;
                fitting += place is null ? 0 : 1;
            }
        }

        Assert.True(told > 100 && fitting > 100, $"{told} were told so, {fitting} fit: nothing was compared");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_node_that_is_passed_over_has_room_later(int firstSeed)
    {
        var passed = 0;
        for (var seed = firstSeed; seed < firstSeed + 100; seed++)
        {
            var pool = RandomPool(new Random(seed));
            foreach (var (spec, places) in Places(pool)) passed += Compare(seed, spec, places, pool.Now);
        }

        Assert.True(passed > 100, $"{passed} were passed over: nothing was compared");
    }

    /// <summary>
    /// What is kept of a node's ends is what anybody would find who looked at it anew, whatever has happened since and however much time
    /// has passed.
    /// </summary>
    [Fact]
    public void What_is_kept_of_a_nodes_ends_is_what_a_new_look_finds()
    {
        var kept = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            RandomPool(new Random(seed), (pool, time) =>
            {
                foreach (var slot in pool.State.Map.Slots)
                {
                    Assert.Equal(new Releases(slot).At(time), slot.Releases.At(time));
                    kept += slot.Releases.At(time).Count;
                }
            });
        }

        Assert.True(kept > 1000, $"{kept} ends: nothing was compared");
    }

    private static int Compare(int seed, JobSpec spec, List<(NodeSlot Slot, Claim Claim)> places, DateTimeOffset now)
    {
        var (outlook, passed) = (new Outlook(), 0);
        foreach (var (slot, claim) in places)
        {
            if (outlook.For(spec, slot, claim, slot.Kept, now) is not { } forecast) continue;
            var other = Expectation.Of(forecast, 0);
            foreach (var (late, wanted) in places.Where(place => Earliest(place.Slot, place.Claim, now).CompareTo(other) > 0))
            {
                passed++;
                Assert.True(
                    outlook.For(spec, late, wanted, late.Kept, now) is not { } its || Expectation.Of(its, 0).CompareTo(other) > 0,
                    $"seed {seed}: {late.Node.Id} has room no later than {slot.Node.Id}");
            }
        }

        return passed;
    }

    private static Expectation Earliest(NodeSlot slot, Claim claim, DateTimeOffset now) =>
        slot.Releases.EarliestFor(slot.Groups.IndexOf(claim.Cards!), claim.Count, claim.Share, 0, now);

    private static IEnumerable<(JobSpec Spec, List<(NodeSlot Slot, Claim Claim)> Places)> Places(TestPool pool) =>
        from job in pool.State.Jobs.Where(job => job.State == JobState.Pending && job.Spec.Request.Gpu is not null).OrderBy(job => job.Id)
        select (job.Spec, (
            from slot in pool.State.Map.Slots
            from cards in slot.Groups
            select (slot, Claim.Of(slot, job.Spec.Request, cards, job.Spec.Request.Gpu!.Alternatives[0].Count))).ToList());

    private static IEnumerable<PlacementQuery> Queries(PoolState state) =>
        state.Jobs.OrderBy(job => job.Id).Select(
            job => new PlacementQuery(job.Spec.Request, [DeviceClass.Datacenter, DeviceClass.Professional, DeviceClass.Consumer]));

    /// <summary>Jobs with limits and without come, start, and some end or are asked to; the last ones wait.</summary>
    /// <param name="random">Draws them.</param>
    /// <param name="look">Looks at the pool after each event, and at a moment later than that.</param>
    private static TestPool RandomPool(Random random, Action<TestPool, DateTimeOffset>? look = null)
    {
        var pool = new TestPool().Join(
            [.. Enumerable.Range(0, random.Next(2, 6)).Select(
                i => new Machine($"n{i}").With(random.Next(1, 5), Models[random.Next(3)], 24 * random.Next(1, 3)))]);
        for (var i = 0; i < 12; i++)
        {
            pool.Submit(RandomDraft(random));
            pool.After(TimeSpan.FromMinutes(random.Next(30)));
            var running = pool.State.Jobs.Where(job => job.State == JobState.Configuring).OrderBy(job => job.Id).ToList();
            look?.Invoke(pool, pool.Now);
            foreach (var job in running) pool.Start(job.Id);
            look?.Invoke(pool, pool.Now + TimeSpan.FromMinutes(random.Next(600)));
            look?.Invoke(pool, pool.Now);
            if (running.Count > 1 && random.Next(3) == 0) pool.Exit(running[0].Id);
            else if (running.Count > 0 && random.Next(3) == 0) pool.Step(new PoolInput.Cancel([$"{running[0].Id}"], "", ""));
            look?.Invoke(pool, pool.Now);
        }

        return pool;
    }

    private static JobDraft RandomDraft(Random random)
    {
        var draft = Drafts.Job($"any:{random.Next(1, 4)}", random.Next(2) == 0 ? "training" : "validation");
        draft = random.Next(3) == 0 ? draft : draft with { TimeLimit = $"{random.Next(1, 9)}h" };
        return random.Next(5) switch
        {
            0 => draft with { Gpus = "1", GpuShare = $"{100 * random.Next(1, 10)}m" },
            1 => draft with { NodeCount = 2, GpusPerNode = true },
            _ => draft,
        };
    }
}
