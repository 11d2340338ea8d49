using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>A state that is made anew is the one that was lost, as often as it is made.</summary>
public sealed class StateBasisTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly TestPool _pool = new TestPool().Join(new Machine("lab").With(2, Machine.A100, 80), new Machine("desk"));

    private DateTimeOffset _now;

    [Fact]
    public void It_holds_what_was_stored_and_every_step_since()
    {
        var (basis, state) = Begin();

        foreach (var inputs in Story()) Play(basis, state, inputs);

        Assert.Equal(Words(state), Words(basis.Make(_pool.Engine)));
    }

    [Fact]
    public void What_becomes_of_one_state_does_not_touch_the_next()
    {
        var (basis, state) = Begin();
        foreach (var inputs in Story()) Play(basis, state, inputs);
        var told = Words(state);

        var first = basis.Make(_pool.Engine);
        _pool.Engine.Step(first, [new PoolInput.Cancel(["2-4"], "eve", ""), new PoolInput.Drain("lab", "fan", null, "eve")], _now);

        Assert.NotEqual(told, Words(first));
        Assert.Equal(told, Words(basis.Make(_pool.Engine)));
    }

    [Fact]
    public void A_step_that_did_not_become_durable_is_not_played()
    {
        var (basis, state) = Begin();
        var before = Words(state);

        basis.Begin([new PoolInput.Cancel(["1"], "ann", "")], _now);
        _pool.Engine.Step(state, [new PoolInput.Cancel(["1"], "ann", "")], _now);

        Assert.NotEqual(before, Words(state));
        Assert.Equal(before, Words(basis.Make(_pool.Engine)));
    }

    [Fact]
    public void A_worker_that_is_about_to_stop_is_so_in_every_state()
    {
        var desk = _pool.State.FindNode(new NodeId("desk"))!;
        _pool.Step(new PoolInput.NodeStopping(desk.Id, desk.Session!));

        var (basis, state) = Begin();

        Assert.True(state.FindNode(desk.Id)!.IsStopping);
        Assert.True(basis.Make(_pool.Engine).FindNode(desk.Id)!.IsStopping);
        Assert.False(state.FindNode(new NodeId("lab"))!.IsStopping);
    }

    /// <summary>One job runs, one has ended, one waits.</summary>
    private (StateBasis Basis, PoolState State) Begin()
    {
        _pool.Start(_pool.Submit(Drafts.Training()));
        _pool.Step(new PoolInput.Cancel([$"{_pool.Submit(Drafts.Training() with { Hold = true })}"], "ann", ""));
        _pool.Submit(Drafts.Training("2"));
        var sessions = _pool.State.Nodes.ToDictionary(node => node.Id, node => node.Session!);
        _now = _pool.Now;
        var basis = new StateBasis(_pool.Config, _pool.Store.Open(), _now, _pool.State, sessions);
        return (basis, basis.Make(_pool.Engine));
    }

    private IEnumerable<IReadOnlyList<PoolInput>> Story()
    {
        var lab = new NodeId("lab");
        yield return [new PoolInput.Submit([new JobSubmission(Drafts.Training() with { Array = "0-2" }, "key")])];
        yield return [new PoolInput.Requeue(["2"], "ann") { Revived = [_pool.Store.Read(new JobId(2))] }];
        yield return
        [
            new PoolInput.Reported(
                lab, 2, new AttemptId(new JobId(1), 1), _now + Step, new AttemptEvent.Saved(new Checkpoint(7, "a", 1, "", _now))),
            new PoolInput.Hold(["3"], "ann"),
        ];
        yield return [new PoolInput.Reported(lab, 3, new AttemptId(new JobId(1), 1), _now + Step, TestPool.Exited(0))];
        yield return [new PoolInput.NodeLeft(new NodeId("desk"), _pool.State.FindNode(new NodeId("desk"))!.Session!, "gone")];
    }

    private void Play(StateBasis basis, PoolState state, IReadOnlyList<PoolInput> inputs)
    {
        _now += Step;
        basis.Begin(inputs, _now);
        var step = _pool.Engine.Step(state, inputs, _now);
        Assert.DoesNotContain(step.Replies, reply => reply is PoolReply.Rejected);
        basis.Finish(step.Changes.Count > 0 ? 1_000 : null);
    }

    private static string Words(PoolState state) => string.Join(
        "\n",
        state.Jobs.OrderBy(job => job.Id).Select(job =>
            $"{job.Id} {job.State} {job.AttemptNumber} {job.Attempt?.StartTime:O} {job.Attempt?.LastStep} {job.EligibleTime:O} "
                + $"{job.Acts.Count} {string.Join(' ', job.Checkpoints.Select(one => one.Step))}")
            .Concat(state.Nodes.Select(node => $"{node.Id} {node.Session} {node.SilentSince:O} {node.DurableSequence} {node.Cordon}"))
            .Concat(state.Nodes.Select(node => string.Join(' ', state.UseOf(node.Id).Jobs))));
}
