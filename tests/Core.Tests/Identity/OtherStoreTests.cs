using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Identity;

/// <summary>Nodes join from another store's folder, and with attempts of other stores.</summary>
public sealed class OtherStoreTests
{
    private static readonly Machine Lab = new Machine("lab").With(2, Machine.A100, 80);
    private static readonly NodeId Node = new("lab");

    [Fact]
    public void A_stranger_is_not_read()
    {
        var pool = new TestPool().Join(Lab);
        var job = pool.Submit(Drafts.Training());
        pool.Leave("lab");

        var reply = Join(pool, new StoreClaim("other", 1, "x", 5, 5), held: [new(new AttemptId(job, 1), Running: false)]);

        Assert.Equal(pool.State.Identity, Assert.IsType<PoolReply.OtherStore>(reply).Store);
        Assert.Null(pool.State.FindNode(Node)!.Session);
        Assert.Empty(pool.Last.Changes);
        Assert.Equal("lab: GPU-lab-0", pool.PlaceOf(job));
    }

    [Fact]
    public void A_later_state_begins_a_generation_that_is_stored()
    {
        var pool = new TestPool();
        var before = pool.State.Identity;

        var reply = Join(pool, new StoreClaim(before.Id, before.Generation, "", 999, 41), held: []);

        Assert.Equal(new StoreIdentity(before.Id, 2), Assert.IsType<PoolReply.OtherStore>(reply).Store);
        Assert.Equal(new StoreChange.GenerationRaised(2, 42), Assert.Single(pool.Last.Changes));
        Assert.Equal(42, pool.Submit(Drafts.Training()).Number);
        Assert.Equal(2, pool.Restart().State.Identity.Generation);
    }

    [Fact]
    public void What_another_store_holds_is_granted_to_nobody()
    {
        var pool = new TestPool();
        Join(pool, StoreClaim.None, held: [], Holding("GPU-lab-0", cores: 4));
        var (first, second) = (pool.Submit(Drafts.Training()), pool.Submit(Drafts.Training()));

        Assert.Equal(("lab: GPU-lab-1", "-"), (pool.PlaceOf(first), pool.PlaceOf(second)));
        Assert.Contains("GPU-lab-0", pool.State.UseOf(Node).Elsewhere);
        Assert.DoesNotContain(pool.State.UseOf(Node).Jobs, job => job.Number < 0);
        Assert.Contains(
            pool.Engine.Explain(pool.State, pool[second], pool.Now), line => line.Reason == Reason.CardHeldElsewhere
                && line.Text.Contains("1 fitting card held by attempts of another store", StringComparison.Ordinal));
        Assert.NotNull(pool.Engine.Forecast(pool.State, pool[second], pool.Now));

        pool.Step(new PoolInput.StoresKept(Node, pool.State.FindNode(Node)!.Session!, [new("other", 1, [])]));

        Assert.Equal("lab: GPU-lab-0", pool.PlaceOf(second));
    }

    [Fact]
    public void A_grant_that_never_arrived_is_not_sent_to_a_card_that_another_store_has()
    {
        var pool = new TestPool().Join(Lab);
        var job = pool.Submit(Drafts.Training("2"));
        pool.Leave("lab");
        pool.Effects.Clear();

        Join(pool, null, held: [], Holding("GPU-lab-0", cores: 1));

        Assert.Equal("-", pool.PlaceOf(job));
        Assert.DoesNotContain(pool.Effects, effect => effect is PoolEffect.Dispatch);
    }

    [Theory]
    [InlineData(-1, 5, 5)]
    [InlineData(1, -5, 5)]
    [InlineData(1, 5, long.MaxValue)]
    public void Numbers_without_room_above_them_are_refused(long generation, long commit, long job)
    {
        var pool = new TestPool();

        var reply = Join(pool, new StoreClaim(pool.State.Identity.Id, generation, "", commit, job), held: []);

        Assert.StartsWith("store.", Assert.Single(Assert.IsType<PoolReply.Rejected>(reply).Faults).Field, StringComparison.Ordinal);
        Assert.Empty(pool.Last.Changes);
    }

    [Theory]
    [InlineData(1, 1_000_001, "store.job_number")]
    [InlineData(1, 1_000_000_000_000_000, "store.job_number")]
    [InlineData(1_002, 0, "store.generation")]
    [InlineData(1_000_000_000, 0, "store.generation")]
    public void A_claim_that_no_lost_commit_can_explain_is_refused_in_words(long generation, long job, string field)
    {
        var pool = new TestPool();

        var reply = Join(pool, new StoreClaim(pool.State.Identity.Id, generation, "", 1_000_000_000, job), held: []);

        var fault = Assert.Single(Assert.IsType<PoolReply.Rejected>(reply).Faults);
        Assert.Equal(field, fault.Field);
        Assert.Contains("--data", fault.Allowed, StringComparison.Ordinal);
        Assert.Empty(pool.Last.Changes);
        Assert.Equal(1, pool.Submit(Drafts.Training()).Number);
    }

    [Fact]
    public void What_follows_from_the_highest_claim_may_be_claimed()
    {
        var pool = new TestPool();
        var id = pool.State.Identity.Id;
        for (var i = 0; i < 5; i++)
        {
            var known = pool.State.Identity.Generation;
            var job = (i + 1) * 1_000_000;
            Assert.IsType<PoolReply.OtherStore>(Join(pool, new StoreClaim(id, known + 1_000, "", 999_999, job), held: []));

            Assert.IsType<PoolReply.NodeAccepted>(Join(pool, new StoreClaim(id, known + 1_001, "", 0, job), held: []));
        }
    }

    [Fact]
    public void A_store_whose_numbers_are_used_up_says_so()
    {
        var pool = new TestPool();
        pool.Store.Apply([new StoreChange.GenerationRaised(1L << 62, (1L << 62) - 1)]);
        pool.Restart();

        Assert.Equal((1L << 62) - 1, pool.Submit(Drafts.Training()).Number);
        pool.Submit(Drafts.Training());
        var refused = Assert.IsType<PoolReply.Rejected>(pool.TrySubmit(Drafts.Training()));

        Assert.Contains("4611686018427387904 is the last", Assert.Single(refused.Faults).ToString(), StringComparison.Ordinal);
        Assert.IsType<PoolReply.NodeAccepted>(
            Join(pool, new StoreClaim(pool.State.Identity.Id, 1L << 62, "", 0, (1L << 62) - 1), held: []));
    }

    [Theory]
    [InlineData(-1, 1000)]
    [InlineData(1, 0)]
    [InlineData(1, 1001)]
    [InlineData(int.MaxValue, 1000)]
    public void Impossible_holds_are_refused(int cores, int milli)
    {
        var pool = new TestPool();
        KeptStore[] kept = [new("other", 1, [new("1", 1, [new("GPU-lab-0", milli, 0)], cores, 1)])];

        Assert.IsType<PoolReply.Rejected>(Join(pool, null, held: [], kept));
    }

    private static PoolReply? Join(TestPool pool, StoreClaim? claim, IReadOnlyList<HeldAttempt> held, params KeptStore[] kept) =>
        pool.Step(new PoolInput.NodeJoined(Node, "s", "boot-1", "1.0", Lab.Inventory, held)
        {
            Served = claim, Kept = kept, Instance = "i",
        }).Replies[0];

    private static KeptStore Holding(string uuid, int cores) =>
        new("other", 1, [new("7", 1, [DeviceShare.Of(uuid)], cores, 64)]);
}
