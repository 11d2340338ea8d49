using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Identity;

/// <summary>One name, two machines.</summary>
public sealed class NameTests
{
    private static readonly Machine Desk = new Machine("desk").With(1, Machine.A100, 80);
    private static readonly NodeId Node = new("desk");

    [Fact]
    public void A_second_machine_is_refused_with_both_addresses_and_what_to_do()
    {
        var pool = new TestPool();
        Join(pool, "one", "10.0.0.1:4000", "s1");
        var job = pool.Submit(Drafts.Training());

        var refused = Assert.IsType<PoolReply.Rejected>(Join(pool, "two", "10.0.0.2:5000", "s2"));

        var text = Assert.Single(refused.Faults).ToString();
        Assert.All(["desk", "10.0.0.1:4000", "10.0.0.2:5000", "--name"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal("s1", pool.State.FindNode(Node)!.Session);
        Assert.Equal("desk: GPU-desk-0", pool.PlaceOf(job));
        Assert.Equal(1, pool[job].AttemptNumber);
    }

    [Fact]
    public void The_same_data_directory_takes_over_at_once()
    {
        var pool = new TestPool();
        Join(pool, "one", "10.0.0.1:4000", "s1");

        Assert.IsType<PoolReply.NodeAccepted>(Join(pool, "one", "10.0.0.1:4001", "s2"));
    }

    [Fact]
    public void A_copied_data_directory_on_the_same_machine_does_not_and_the_first_ones_job_goes_on()
    {
        var pool = new TestPool();
        Join(pool, "one", "10.0.0.1:4000", "s1", folder: "8:1:77");
        var job = pool.Submit(Drafts.Training());
        pool.Start(job);

        var refused = Assert.IsType<PoolReply.Rejected>(Join(pool, "one", "10.0.0.1:5000", "s2", folder: "8:1:78"));

        var text = Assert.Single(refused.Faults).ToString();
        Assert.All(
            ["desk", "10.0.0.1:4000", "10.0.0.1:5000", "copy", "--data"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal(("s1", 1), (pool.State.FindNode(Node)!.Session, pool[job].AttemptNumber));
        Assert.IsType<PoolReply.NodeAccepted>(Join(pool, "one", "10.0.0.1:6000", "s3", folder: "8:1:77"));
    }

    [Fact]
    public void Workers_that_do_not_tell_their_folder_are_believed()
    {
        var pool = new TestPool();
        Join(pool, "one", "10.0.0.1:4000", "s1");

        Assert.IsType<PoolReply.NodeAccepted>(Join(pool, "one", "10.0.0.1:5000", "s2", folder: "8:1:78"));
        Assert.IsType<PoolReply.NodeAccepted>(Join(pool, "one", "10.0.0.1:6000", "s3"));
    }

    [Fact]
    public void A_copied_data_directory_on_another_machine_does_not()
    {
        var pool = new TestPool();
        Join(pool, "one", "10.0.0.1:4000", "s1");

        Assert.IsType<PoolReply.Rejected>(Join(pool, "one", "10.0.0.2:4000", "s2", boot: "boot-2"));
    }

    [Fact]
    public void A_silent_machine_keeps_its_name_while_its_jobs_may_run()
    {
        var pool = new TestPool();
        Join(pool, "one", "10.0.0.1:4000", "s1");
        var job = pool.Submit(Drafts.Training());
        pool.Start(job);
        pool.Restart();

        Assert.IsType<PoolReply.Rejected>(Join(pool, "two", "10.0.0.2:5000", "s2"));
        pool.After(pool.Config.Leases.Lease + TimeSpan.FromSeconds(1));
        Assert.IsType<PoolReply.NodeAccepted>(Join(pool, "two", "10.0.0.2:5000", "s3"));
    }

    [Fact]
    public void A_silent_machine_without_jobs_gives_its_name_to_the_next()
    {
        var pool = new TestPool();
        Join(pool, "one", "10.0.0.1:4000", "s1");
        pool.Leave("desk");

        Assert.IsType<PoolReply.NodeAccepted>(Join(pool, "two", "10.0.0.2:5000", "s2"));
    }

    private static PoolReply? Join(
        TestPool pool, string instance, string peer, string session, string boot = "boot-1", string folder = "") => pool.Step(
            new PoolInput.NodeJoined(Node, session, boot, "1.0", Desk.Inventory, [])
            {
                Instance = instance, Folder = folder, Peer = peer,
            }).Replies[0];
}
