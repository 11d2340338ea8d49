using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Rules;

/// <summary>Bounds that hold for every sender: our client and worker check many of them, a stranger's program none.</summary>
public sealed class BoundTests
{
    private static readonly Machine Lab = new Machine("lab").With(1, Machine.A100, 80);
    private readonly TestPool _pool = new TestPool().Join(Lab);

    public static TheoryData<string, string> Machines() => new()
    {
        { "cores", "cpu.cores: '100001': 1 … 100000" },
        { "memory", "cpu.memory: '9223372036854775807': 1 … 1073741824 MiB" },
        { "cards", "devices: '1025 cards': at most 1024 cards of one machine" },
        {
            "uuid",
            $"devices[0].uuid: '{new string('x', 79)}…': 1 … 128 letters, digits, '-', '_', '.', ':' and '/', as the driver names the card"
        },
        { "model", $"devices[0].model: '{new string('m', 79)}…': the card's model: 1 … 128 characters on one line" },
        { "labels", "labels: '101 labels': at most 100 labels" },
        { "label", $"labels[rack]: '{new string('r', 79)}…': at most 253 characters on one line" },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void A_machine_is_bounded(string what, string expected)
    {
        var card = Lab.Cards[0] with { Uuid = "GPU-new" };
        var inventory = new NodeInventory(8, 1024, 0, [card]);
        inventory = what switch
        {
            "cores" => inventory with { CpuCores = 100_001 },
            "memory" => inventory with { MemoryMib = long.MaxValue },
            "cards" => inventory with { Devices = [.. Enumerable.Repeat(card, 1_025)] },
            "uuid" => inventory with { Devices = [card with { Uuid = new string('x', 129) }] },
            "model" => inventory with { Devices = [card with { Model = new string('m', 1_000_000) }] },
            "labels" => inventory with { Labels = Enumerable.Range(0, 101).ToDictionary(at => $"l{at}", _ => "") },
            _ => inventory with { Labels = new Dictionary<string, string> { ["rack"] = new('r', 254) } },
        };

        var reply = _pool.Step(new PoolInput.NodeJoined(new NodeId("new"), "s", "b", "1", inventory, []));

        Assert.Equal(expected, Assert.Single(Assert.IsType<PoolReply.Rejected>(reply.Replies[0]).Faults).ToString());
    }

    [Fact]
    public void As_many_cores_as_a_machine_may_have_cost_little()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        _pool.Step(new PoolInput.NodeJoined(new NodeId("new"), "s", "b", "1", new NodeInventory(Limits.NodeCores, 1024, 0, []), []));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("4398046511105")]
    [InlineData("2199023255553")]
    public void A_number_far_beyond_any_job_names_none(string number)
    {
        var id = _pool.Submit(Drafts.Training());

        var outcome = Assert.Single(Outcomes(new PoolInput.Cancel([number], "ann", "")));

        Assert.Equal((false, $"no such job: {number}"), (outcome.Found, outcome.Message));
        Assert.NotNull(_pool.State.FindJob(id));
    }

    [Fact]
    public void Ids_that_stand_for_more_than_the_most_are_refused_before_any_is_looked_at() => Assert.Equal(
        "ids: '3 ids': at most 100000 jobs in one call",
        Assert.Single(Refuse(new PoolInput.Cancel(["1-100000", "1-100000", "1-100000"], "ann", ""))).ToString());

    [Fact]
    public void A_drain_has_a_longest_time()
    {
        Assert.Equal("deadline", Assert.Single(Refuse(new PoolInput.Drain("lab", "", TimeSpan.MaxValue, "ann"))).Field);
        Assert.Equal("deadline", Assert.Single(Refuse(new PoolInput.Drain("lab", "", TimeSpan.FromSeconds(-1), "ann"))).Field);
    }

    [Theory]
    [InlineData("a name with blanks")]
    [InlineData("broken\uFFFDbytes")]
    [InlineData("a\u001b[2J")]
    public void A_callers_name_is_a_name(string user) =>
        Assert.Equal("user", Assert.Single(Refuse(new PoolInput.Hold(["1"], user))).Field);

    [Fact]
    public void A_submission_is_bounded_in_priority_clock_and_letters()
    {
        var draft = Drafts.Training() with { Priority = int.MinValue, UtcOffsetMinutes = int.MaxValue, Name = "bro\uFFFDken" };

        var faults = Refuse(new PoolInput.Submit([new JobSubmission(draft, "")]));

        Assert.Equal(["name", "priority", "utc_offset_minutes"], faults.Select(fault => fault.Field));
    }

    private IReadOnlyList<Fault> Refuse(PoolInput input)
    {
        var rejected = Assert.IsType<PoolReply.Rejected>(_pool.Step(input).Replies[0]);
        Assert.Empty(_pool.Last.Changes);
        return rejected.Faults;
    }

    private IReadOnlyList<JobOutcome> Outcomes(PoolInput input) => Assert.IsType<PoolReply.Outcomes>(_pool.Step(input).Replies[0]).Jobs;
}
