using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>A worker that ends its attempts before it stops is given no new ones, and its reports count.</summary>
public sealed class NodeStoppingTests
{
    private static readonly Machine Lab = new Machine("lab").With(1, Machine.A100, 80);
    private readonly TestPool _pool = new TestPool().Join(Lab);

    [Fact]
    public void What_it_ends_is_queued_and_not_given_to_it_again()
    {
        var id = Stopping();

        _pool.Report(id, new AttemptEvent.Ended(EndCause.Drained, 143, 15, "the worker is shutting down"));

        Assert.Equal((JobState.Pending, 1), (_pool[id].State, _pool[id].AttemptNumber));
        Assert.Equal(
            (Reason.ReqNodeNotAvail, "lab fits but takes no new work, as its worker is stopping"),
            _pool.State.ReasonOf(_pool[id], _pool.Now));
    }

    [Fact]
    public void Once_it_joins_again_it_is_given_work()
    {
        var id = Stopping();
        _pool.Report(id, new AttemptEvent.Ended(EndCause.Drained, 143, 15, "the worker is shutting down"));
        _pool.Leave("lab");

        _pool.Join(Lab, []);

        Assert.Equal((JobState.Configuring, 2), (_pool[id].State, _pool[id].AttemptNumber));
    }

    [Fact]
    public void An_older_session_says_nothing_of_the_newer_ones_worker()
    {
        var old = _pool.State.FindNode(Lab.Id)!.Session!;
        _pool.Join(Lab, []);

        _pool.Step(new PoolInput.NodeStopping(Lab.Id, old));

        Assert.Equal(JobState.Configuring, _pool[_pool.Submit(Drafts.Training())].State);
    }

    private JobId Stopping()
    {
        var id = _pool.Submit(Drafts.Training());
        _pool.Start(id);
        _pool.Step(new PoolInput.NodeStopping(Lab.Id, _pool.State.FindNode(Lab.Id)!.Session!));
        Assert.Equal(JobState.Running, _pool[id].State);
        return id;
    }
}
