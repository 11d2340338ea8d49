using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

public sealed class NodeJoiningTests
{
    private static readonly Machine Lab = new Machine("lab").With(2, Machine.A100, 80);
    private static readonly Machine Spare = new Machine("spare").With(2, Machine.A100, 80);
    private readonly TestPool _pool = new TestPool().Join(Lab);

    public static TheoryData<string, string> Impossible() => new()
    {
        { "name", "node" }, { "cores", "cpu.cores" }, { "reserved", "cpu.reservedCores" }, { "memory", "cpu.memory" },
        { "twice", "devices" }, { "elsewhere", "devices[0].uuid" }, { "card-memory", "devices[2].memory" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_cannot_be_is_refused_by_its_field_and_changes_nothing(string what, string field)
    {
        var machine = what switch
        {
            "name" => Spare with { Name = "" },
            "cores" => Spare with { Cores = 0 },
            "reserved" => Spare with { ReservedCores = 99 },
            "memory" => Spare with { MemoryMib = 0 },
            "twice" => Spare with { Cards = [Spare.Cards[0], Spare.Cards[0]] },
            "elsewhere" => Spare with { Cards = Lab.Cards },
            _ => Spare.With(1, Machine.A100, 0),
        };

        var rejected = Assert.IsType<PoolReply.Rejected>(_pool.Join(machine, []));

        Assert.Contains(rejected.Faults, fault => fault.Field == field);
        Assert.Single(_pool.State.Nodes);
        Assert.Empty(_pool.Last.Changes);
    }

    [Fact]
    public void An_order_that_did_not_arrive_is_sent_again_under_the_same_number()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Leave("lab");

        _pool.Join(Lab, []);

        Assert.Equal(new AttemptId(id, 1), Assert.IsType<PoolEffect.Dispatch>(Assert.Single(_pool.Last.Effects)).Order.Attempt);
        Assert.Equal(JobState.Configuring, _pool[id].State);
    }

    [Fact]
    public void A_started_attempt_that_the_worker_no_longer_has_is_lost_once_and_queued_once()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);
        _pool.Leave("lab");

        _pool.Join(Lab, []);

        Assert.Equal(EndCause.NodeLost, _pool.Store.Attempts[new AttemptId(id, 1)].EndCause);
        Assert.Equal((2, JobState.Configuring, 0), (_pool[id].AttemptNumber, _pool[id].State, _pool[id].Failures));
    }

    [Fact]
    public void A_new_boot_ends_everything_whatever_the_worker_says()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);
        _pool.Leave("lab");

        _pool.Join(Lab, [], boot: "boot-2");

        Assert.Equal(2, _pool[id].AttemptNumber);
    }

    [Fact]
    public void A_stop_that_may_not_have_arrived_is_sent_again()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);
        _pool.Leave("lab");
        _pool.Step(new PoolInput.Cancel([$"{id}"], "ann", ""));
        Assert.Empty(_pool.Last.Effects);

        _pool.Join(Lab, [new HeldAttempt(new AttemptId(id, 1), true)]);

        Assert.Equal(EndCause.Cancelled, Assert.IsType<PoolEffect.Stop>(Assert.Single(_pool.Last.Effects)).Cause);
    }

    [Fact]
    public void A_job_cancelled_before_it_was_started_ends_when_its_node_has_never_heard_of_it()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Leave("lab");
        _pool.Step(new PoolInput.Cancel([$"{id}"], "ann", ""));

        _pool.Join(Lab, []);

        Assert.Equal(JobState.Cancelled, _pool.Stored(id).State);
    }

    [Fact]
    public void A_fenced_attempt_keeps_its_card_until_it_has_ended()
    {
        var id = _pool.Submit(Drafts.Training("2"));
        _pool.Start(id);
        var old = _pool[id].Attempt!;
        _pool.Leave("lab");
        _pool.After(_pool.Config.Leases.Lease);
        Assert.Equal(JobState.Pending, _pool[id].State);

        _pool.Join(Lab, [new HeldAttempt(old.Id, true)]);
        Assert.Equal(EndCause.Fenced, Assert.IsType<PoolEffect.Stop>(Assert.Single(_pool.Last.Effects)).Cause);
        Assert.Equal(JobState.Pending, _pool[id].State);

        _pool.Report(old, new AttemptEvent.Ended(EndCause.Fenced, 137, 9, ""));
        Assert.Equal((JobState.Configuring, 2), (_pool[id].State, _pool[id].AttemptNumber));
    }

    [Fact]
    public void After_a_restart_a_stranger_closes_its_node_until_it_has_ended()
    {
        var stranger = new AttemptId(new JobId(77), 3);
        _pool.Join(Lab, [new HeldAttempt(stranger, true)]);
        var id = _pool.Submit(Drafts.Training());
        Assert.Equal(Reason.ReqNodeNotAvail, _pool.ReasonOf(id));

        _pool.Report(
            new Attempt(stranger, Allocation.Of(new NodeShare(Lab.Id, [], 1, 1)), _pool.Now),
            new AttemptEvent.Ended(EndCause.Fenced, 137, 9, ""));

        Assert.Equal("lab: GPU-lab-0", _pool.PlaceOf(id));
    }

    [Fact]
    public void A_card_that_vanishes_under_a_job_is_kept_for_it_and_given_to_nobody_else()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);

        _pool.Join(Lab with { Cards = [Lab.Cards[1]] }, [new HeldAttempt(new AttemptId(id, 1), true)]);
        var next = _pool.Submit(Drafts.Training("2"));

        Assert.Equal(JobState.Running, _pool[id].State);
        Assert.Equal(["GPU-lab-0"], _pool.State.UseOf(Lab.Id).JobsByDevice.Keys);
        Assert.Equal(Reason.BadConstraints, _pool.ReasonOf(next));
        _pool.Exit(id);
        Assert.Empty(_pool.State.UseOf(Lab.Id).JobsByDevice);
    }

    [Theory]
    [InlineData("", "second")]
    [InlineData("first", "second")]
    public void Cards_of_a_silent_machine_whose_job_may_still_run_go_to_no_other_name(string before, string after)
    {
        var pool = new TestPool();
        JoinAs(pool, "lab", before);
        var running = pool.Submit(Drafts.Training("2"));
        pool.Start(running);
        pool.Leave("lab");
        var waiting = pool.Submit(Drafts.Training("2"));

        var refused = Assert.IsType<PoolReply.Rejected>(JoinAs(pool, "renamed", after));

        Assert.Contains("lab has this card, and its jobs may still run there", $"{refused.Faults[0]}", StringComparison.Ordinal);
        Assert.Equal(("lab: GPU-lab-0 GPU-lab-1", "-"), (pool.PlaceOf(running), pool.PlaceOf(waiting)));
        Assert.IsType<PoolReply.NodeAccepted>(JoinAs(pool, "lab", before, new HeldAttempt(new AttemptId(running, 1), true)));
        Assert.Equal((JobState.Running, 1), (pool[running].State, pool[running].AttemptNumber));
        Assert.Equal("lab: GPU-lab-0 GPU-lab-1", pool.PlaceOf(running));
    }

    [Fact]
    public void Cards_of_a_silent_machine_are_free_to_move_when_its_jobs_count_as_lost_or_there_are_none()
    {
        var pool = new TestPool();
        JoinAs(pool, "lab", "first");
        pool.Start(pool.Submit(Drafts.Training("2")));
        pool.Leave("lab");
        pool.After(pool.Config.Leases.Lease);

        Assert.IsType<PoolReply.NodeAccepted>(JoinAs(pool, "renamed", "second"));
        pool.Leave("renamed");
        pool.After(pool.Config.Leases.Lease);
        Assert.IsType<PoolReply.NodeAccepted>(JoinAs(pool, "again", "second"));
    }

    [Theory]
    [InlineData("LAB")]
    [InlineData("Lab")]
    public void A_name_that_differs_by_case_alone_is_refused(string name)
    {
        var refused = Assert.IsType<PoolReply.Rejected>(_pool.Join(Spare with { Name = name }, []));

        Assert.Equal("node", Assert.Single(refused.Faults).Field);
        Assert.Contains("--name lab", $"{refused.Faults[0]}", StringComparison.Ordinal);
        Assert.Single(_pool.State.Nodes);
    }

    private static PoolReply? JoinAs(TestPool pool, string name, string instance, params IReadOnlyList<HeldAttempt> held) =>
        pool.Step(new PoolInput.NodeJoined(new NodeId(name), $"s-{name}-{pool.Now.Ticks}", "boot-1", "1.0", Lab.Inventory, held)
        {
            Instance = instance,
        }).Replies[0];

    [Fact]
    public void A_later_session_replaces_the_earlier_one_whose_end_no_longer_counts()
    {
        var first = _pool.State.Nodes[0].Session!;
        _pool.Join(Lab, []);

        _pool.Step(new PoolInput.NodeLeft(Lab.Id, first, "late news"));

        Assert.NotNull(_pool.State.Nodes[0].Session);
    }
}
