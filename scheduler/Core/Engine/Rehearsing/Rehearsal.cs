using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>
/// A copy of a pool on which "what if" is played by the engine itself; the pool is never touched. What runs is copied as it stands;
/// of those who wait only the ones named.
/// </summary>
internal sealed class Rehearsal
{
    private readonly PoolEngine _engine;

    private Rehearsal(PoolEngine engine, PoolState state, DateTimeOffset now) => (_engine, State, Now) = (engine, state, now);

    public PoolState State { get; }

    /// <summary>How far the play has come.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>When something happens next by itself; null: nothing will.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>Copies a pool.</summary>
    /// <param name="engine">Plays the copy.</param>
    /// <param name="live">The pool.</param>
    /// <param name="waiting">Jobs to line up, copies already.</param>
    /// <param name="now">The present.</param>
    public static Rehearsal Of(PoolEngine engine, PoolState live, IReadOnlyList<Job> waiting, DateTimeOffset now)
    {
        var running = Running(live).Select(job => job.Copy(job.Spec));
        var nodes = live.Nodes.Select(node => node.Copy()).ToList();
        var uses = live.Accounting.Accounts.All.Where(account => account.IsLeaf).Select(account => live.Accounting.Settled(account, now))
            .Select(use => new StoredUse(use.Account, use.Use, use.Time));
        var stored = new StoredPool(0, live.NextJobNumber, [.. running, .. waiting], [], nodes, [])
        {
            Uses = [.. uses], Families = Known(live, waiting),
        };
        var state = PoolState.Load(live.Config, stored, now);
        state.Families.Freeze();
        foreach (var (number, pin) in live.Map.Pins) state.Map.SetPin(number, pin);
        foreach (var node in live.Nodes) Rejoin(live.Map.Find(node.Id)!, state);
        return new Rehearsal(engine, state, now);
    }

    /// <summary>A copy that waits for nothing but room: what it depended on is over and is not copied.</summary>
    public static Job Waiting(Job job, JobSpec? altered = null) => job.Copy((altered ?? job.Spec) with { Dependency = null });

    /// <summary>Plays on: starts and ends are reported at once by workers that never fail.</summary>
    public void Play(DateTimeOffset until, IReadOnlyList<Attempt> ending)
    {
        Now = until > Now ? until : Now;
        var reports = ending.SelectMany(attempt => Report(attempt, EndOf(attempt))).ToList();
        do
        {
            var result = _engine.Step(State, reports, Now);
            WakeAt = result.WakeAt;
            reports = [.. result.Effects.OfType<PoolEffect.Dispatch>().Select(Started)];
        }
        while (reports.Count > 0);
    }

    /// <summary>A job that has to go because its node closes goes on later; all others are done.</summary>
    private static AttemptEvent.Ended EndOf(Attempt attempt) => attempt.StopCause == EndCause.Closed
        ? new AttemptEvent.Ended(EndCause.Closed, null, null, "")
        : new AttemptEvent.Ended(EndCause.Exited, 0, null, "");

    /// <summary>What is known of those that play along.</summary>
    private static IReadOnlyList<FamilyFacts> Known(PoolState live, IReadOnlyList<Job> waiting) =>
        [
            .. Running(live).Concat(waiting).Select(job => live.Families.Of(job.Spec)).OfType<FamilyFacts>()
                .DistinctBy(facts => facts.Family),
        ];

    /// <summary>By what machines hold, in order: not by a walk through all that wait.</summary>
    private static IEnumerable<Job> Running(PoolState live) => live.Map.Slots.SelectMany(slot => slot.Holds.Values)
        .Where(hold => !hold.Fenced).Select(hold => hold.Attempt.Id.Job).Distinct().Order().Select(live.FindJob)
        .OfType<Job>().Where(job => job.State.HoldsAllocation());

    private IEnumerable<PoolInput> Report(Attempt attempt, AttemptEvent what) =>
        attempt.Allocation.Nodes.Select(share => Report(share.Node, attempt.Id, what));

    private PoolInput Started(PoolEffect.Dispatch dispatch) =>
        Report(dispatch.Node, dispatch.Order.Attempt, new AttemptEvent.Started(null));

    private PoolInput Report(NodeId node, AttemptId attempt, AttemptEvent what) =>
        new PoolInput.Reported(node, State.FindNode(node)!.DurableSequence + 1, attempt, Now, what);

    /// <summary>A pool that is loaded waits for its workers to come back; in the copy they never left. What is fenced holds on.</summary>
    private static void Rejoin(NodeSlot live, PoolState state)
    {
        var slot = state.Map.Find(live.Node.Id)!;
        (slot.Node.Session, slot.Node.SilentSince) = (live.Node.Session, live.Node.SilentSince);
        if (live.Node.Session is not null) state.Silent.Remove(slot.Node.Id);
        slot.Strangers.UnionWith(live.Strangers);
        foreach (var hold in live.Holds.Values.Where(hold => hold.Fenced)) state.Map.Take(slot, hold);
        state.Map.Refresh(slot);
    }
}
