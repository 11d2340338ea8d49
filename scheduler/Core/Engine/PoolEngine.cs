using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Engine.Inputs;
using GpuScheduler.Core.Engine.Phases;
using GpuScheduler.Core.Engine.Rehearsing;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine;

/// <summary>Every decision of a pool. Deterministic: the same state, inputs and time give the same result.</summary>
/// <param name="config">The rules to begin with.</param>
/// <param name="catalog">What is known of cards; null: the shipped catalog.</param>
public sealed class PoolEngine(PoolConfig config, DeviceCatalog? catalog = null)
{
    private readonly InputDispatcher _inputs = new(catalog ?? DeviceCatalog.BuiltIn);

    /// <summary>The rules that a pool begins with; those in force are <see cref="PoolState.Config"/>.</summary>
    public PoolConfig Config { get; } = config;

    /// <summary>Takes the inputs in order, then leases, order, placement. Changes <paramref name="state"/> in place.</summary>
    /// <exception cref="InputFailedException">A bug that one input meets; like any other exception, it leaves the state half changed.
    /// </exception>
    public StepResult Step(PoolState state, IReadOnlyList<PoolInput> inputs, DateTimeOffset now)
    {
        var turn = new Turn(state, now);
        state.Map.Now = now;

        // 1. What happened: submissions, people's wishes, nodes coming and going, workers' reports.
        for (var i = 0; i < inputs.Count; i++) turn.Replies.Add(Take(turn, inputs, i));

        // 2. What time did: leases that ran out, drains whose deadline is near, nodes that open, close and have rested.
        LeasePhase.Run(turn);
        DrainPhase.Run(turn);
        HoursPhase.Run(turn);
        RestPhase.Run(turn);

        // 3. Who may go next: back-offs and spill delays that are over.
        OrderPhase.Run(turn);

        // 4. Whose turn it is, where cards are shared by time.
        RoundPhase.Run(turn);

        // 5. Who goes where.
        PlacePhase.Run(turn);

        // 6. What follows for the store, the workers and the callers.
        return turn.Finish(WakePhase.Next(turn));
    }

    private PoolReply? Take(Turn turn, IReadOnlyList<PoolInput> inputs, int at)
    {
        try
        {
            return _inputs.Take(turn, inputs[at]);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new InputFailedException(at, failure);
        }
    }

    /// <summary>Why a job is where it is; never empty.</summary>
    public IReadOnlyList<Explanation> Explain(PoolState state, Job job, DateTimeOffset now) => Explainer.Explain(state, job, now);

    /// <summary>How the place of a running job scored, and the next best; null: not remembered, or nothing to choose.</summary>
    public static PlacementChoice? ChoiceOf(Job job) => job.State.HoldsAllocation() ? job.Attempt?.Choice : null;

    /// <summary>How a job from history ended, and what each of its attempts came to; never empty.</summary>
    public static IReadOnlyList<Explanation> ExplainEnded(StoredJob job) => EndWords.Of(job);

    /// <summary>When a waiting job will start as far as can be told, who is in its way, and what would make it start now; null for one
    /// that doesn't wait. Plays on copies: <paramref name="state"/> is not changed.</summary>
    public StartForecast? Forecast(PoolState state, Job job, DateTimeOffset now) =>
        job.State is JobState.Pending or JobState.RequeueHold ? Forecaster.Of(this, state, job, now) : null;
}
