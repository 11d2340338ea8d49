using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>Cards keep the order in which their worker announced them; drains name them by number, uuid or the uuid's beginning.</summary>
public sealed class CardNumbersTests
{
    /// <summary>As nvidia-smi tells them: uuids are in no order.</summary>
    private static readonly Machine Desk = new("desk")
    {
        Cards =
        [
            new AnnouncedDevice("GPU-f0", "NVIDIA GeForce RTX 4090", 24_564, null),
            new AnnouncedDevice("GPU-a1", "NVIDIA GeForce RTX 3080", 10_240, null),
            new AnnouncedDevice("MIG-z", Machine.A100, 9856, null) { Mig = new MigSlice("1g.10gb", "GPU-c2") },
            new AnnouncedDevice("MIG-b", Machine.A100, 9856, null) { Mig = new MigSlice("1g.10gb", "GPU-c2") },
            new AnnouncedDevice("GPU-a9", "NVIDIA GeForce RTX 3080", 10_240, null),
        ],
    };

    private readonly TestPool _pool = new TestPool().Join(Desk);

    private Node Node => _pool.State.FindNode(new NodeId("desk"))!;

    [Fact]
    public void Cards_stay_in_the_order_in_which_they_were_announced()
    {
        Assert.Equal(["GPU-f0", "GPU-a1", "MIG-z", "MIG-b", "GPU-a9"], Node.Devices.Select(card => card.Uuid));
        Assert.Equal(
            ["GPU-f0", "GPU-a1", "MIG-z", "MIG-b", "GPU-a9"], _pool.Store.Open().Nodes.Single().Devices.Select(card => card.Uuid));
    }

    [Fact]
    public void Parts_have_their_cards_number() =>
        Assert.Equal([0, 1, 2, 2, 3], Node.Devices.Select(card => CardNumbers.Of(Node.Devices)[card.Uuid]));

    [Theory]
    [InlineData("desk/0", "GPU-f0")]
    [InlineData("desk/gpu1", "GPU-a1")]
    [InlineData("desk/[3]", "GPU-a9")]
    [InlineData("desk/2", "GPU-c2")]
    [InlineData("desk/GPU-f", "GPU-f0")]
    [InlineData("desk/gpu-C2", "GPU-c2")]
    [InlineData("desk/MIG-b", "MIG-b")]
    public void A_card_is_named_by_number_uuid_or_its_beginning(string target, string uuid)
    {
        var reply = _pool.Step(new PoolInput.Drain(target, "fan", null, "root")).Replies[0];

        Assert.Equal(new PoolReply.Serviced(new NodeId("desk"), uuid), reply);
        Assert.Equal("fan", Node.DeviceCordons[uuid].Why);
        Assert.IsType<PoolReply.Serviced>(_pool.Step(new PoolInput.Resume(target, "root")).Replies[0]);
        Assert.Empty(Node.DeviceCordons);
    }

    [Theory]
    [InlineData("desk/GPU-a", "more of the uuid: GPU-a1, GPU-a9 begin like this")]
    [InlineData("desk/9", "a card of desk by number, uuid or the uuid's beginning: 0 GPU-f0, 1 GPU-a1, 2 GPU-c2, 2 MIG-z")]
    [InlineData("desk/", "a card of desk by number")]
    [InlineData("mars", "'gpusched gpus' lists both")]
    public void What_names_no_single_card_is_refused_with_those_that_there_are(string target, string allowed)
    {
        var rejected = Assert.IsType<PoolReply.Rejected>(_pool.Step(new PoolInput.Drain(target, "", null, "root")).Replies[0]);

        Assert.True(rejected.NotFound);
        Assert.Equal("target", rejected.Faults[0].Field);
        Assert.Contains(allowed, rejected.Faults[0].Allowed, StringComparison.Ordinal);
        Assert.Empty(Node.DeviceCordons);
    }

    [Fact]
    public void Who_waits_for_a_drained_card_is_told_why_it_is_drained()
    {
        _pool.Step(new PoolInput.Drain("desk/0", "fan broken", null, "root"));
        var id = _pool.Submit(new JobDraft { User = "ann", Tier = "validation", Gpus = "rtx4090", Command = ["x"] });

        Assert.Contains(
            _pool.Engine.Explain(_pool.State, _pool[id], _pool.Now),
            line => line.Text == "1 card drained by an administrator: desk card 0 (fan broken)");
    }

    /// <summary>A drain's deadline is read as a job's is.</summary>
    [Theory]
    [InlineData("now+2hours", 120)]
    [InlineData("90m", 90)]
    [InlineData("soon", null)]
    public void A_drain_ends_at_a_moment_in_a_jobs_words(string by, int? minutes)
    {
        var reply = _pool.Step(new PoolInput.Drain("desk", "", null, "root") { By = by }).Replies[0];

        if (minutes is { } some) Assert.Equal(_pool.Now.AddMinutes(some), Node.Cordon!.Deadline);
        else Assert.Equal("deadline", Assert.IsType<PoolReply.Rejected>(reply).Faults[0].Field);
    }

    /// <summary>Of equal cards the first of the machine is taken, and a job's cards are told in the machine's order.</summary>
    [Fact]
    public void A_job_gets_the_first_cards_of_the_machine()
    {
        var id = _pool.Submit(new JobDraft { User = "ann", Tier = "validation", Gpus = "rtx3080:2", Command = ["x"] });

        Assert.Equal(["GPU-a1", "GPU-a9"], _pool[id].Attempt!.Allocation.Head.Devices.Select(card => card.Uuid));
    }
}
