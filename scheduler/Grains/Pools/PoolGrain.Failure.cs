using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Nodes;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// When a cycle fails, memory is ahead of the store. Its callers are refused, and the pool goes on only from what the store
/// holds. Running work is not touched: workers keep their reports until they are acknowledged.
/// </summary>
public sealed partial class PoolGrain
{
    private const string InternalError =
        "the scheduler met an internal error with this request, and nothing was changed; its log says more";

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    /// <summary>How far the cycle that runs has come.</summary>
    private CycleStage _stage;

    /// <summary>Cycles that failed since one succeeded: the first is recovered from at once, further ones wait for the probe,
    /// so that an input which always fails can't keep the pool busy with reading.</summary>
    private int _failedInARow;

    private async Task Fail(CycleCalls calls, Exception failure)
    {
        if (_stage != CycleStage.Durable && IsOfTheEngine(failure))
        {
            if (await Isolate(calls, failure) is not { } worse) return;
            failure = worse;
        }

        var why = Explain(failure);
        _memory.Refuse(why);
        calls.Refuse(why, _memory.Epoch);
        while (_inbox.HasWork) _inbox.Take().Refuse(why, _memory.Epoch);
        instruments.OnFailedCycle(IsOfTheEngine(failure) ? "engine" : "store");

        if (failure is StaleEpochException)
        {
            LogStale(PoolName, _memory.Epoch);
            DeactivateOnIdle();
            return;
        }

        LogCycleFailed(failure, PoolName, calls.Inputs.Count, why);
        var recoverAtOnce = ++_failedInARow == 1 && failure is not (StoreFullException or StoreUnavailableException);
        if (recoverAtOnce) await TryRecover(CancellationToken.None);
        else ProbeLater();
    }

    /// <summary>Deciding anew would meet the same failure; writing anew need not.</summary>
    private enum CycleStage
    {
        Deciding,
        Writing,
        Durable,
    }

    /// <summary>True for what no store says of itself: a bug, met by some input or by the pool's state.</summary>
    private static bool IsOfTheEngine(Exception failure) =>
        failure is not (StoreFullException or StoreUnavailableException or StaleEpochException);

    private static string Explain(Exception failure) => failure switch
    {
        StoreFullException => "the store can't take new work: disk full",
        StoreUnavailableException => $"the store can't take new work: {failure.Message}",
        StaleEpochException => "another scheduler has taken over the pool; try again",
        _ => "the scheduler met an internal error and is reading its state anew; try again",
    };

    /// <summary>Goes on from the store's truth when it can be written again; otherwise asks again later.</summary>
    private async Task<bool> TryRecover(CancellationToken cancellationToken)
    {
        try
        {
            if (!await store.IsWritableAsync(cancellationToken))
            {
                ProbeLater();
                return false;
            }

            await _memory.Load(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogRecoveryFailed(failure, PoolName);
            ProbeLater();
            return false;
        }

        LogRecovered(PoolName, _memory.Epoch, _memory.State.Jobs.Count);
        await AskNodesToRejoin();
        _inbox.Wake();
        return true;
    }

    private void ProbeLater() => _wake?.Change(ProbeInterval, Timeout.InfiniteTimeSpan);

    /// <summary>A pool that has just read its state knows of no session: workers that are connected announce themselves anew,
    /// with everything they hold and every report that was not acknowledged.</summary>
    private async Task AskNodesToRejoin()
    {
        foreach (var node in _memory.State.Nodes) await GrainFactory.GetGrain<INodeGrain>(node.Id.Name).Rejoin(_memory.Epoch);
    }
}
