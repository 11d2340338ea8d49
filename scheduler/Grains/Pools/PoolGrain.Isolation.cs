using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// One input that the engine can't take must not fail all others of its cycle. The store is read anew, once for all culprits of the
/// cycle, and workers' sessions go on; a culprit's caller gets an internal error, and all other calls get what they asked for. Where
/// the engine can't say which input it was, each call is served alone to find out. After each culprit the state is made anew in memory.
/// </summary>
public sealed partial class PoolGrain
{
    /// <summary>Null when every call has its answer; otherwise what went wrong besides, and those without one are to be refused.</summary>
    private async Task<Exception?> Isolate(CycleCalls calls, Exception failure)
    {
        LogIsolating(failure, PoolName, calls.Inputs.Count);
        try
        {
            var failed = 0;
            for (var left = calls; ;)
            {
                await _memory.Reload(CancellationToken.None);
                (left, var blamed) = await Blame(left, failure);
                failed += blamed;
                if (await TryServe(left) is not { } next) break;
                failure = next;
            }

            LogIsolated(PoolName, calls.Calls.Count, failed);
            await RejoinThoseWhoLostAnEnd();
            _failedInARow = 0;
            return null;
        }
        catch (Exception worse)
        {
            return worse;
        }
        finally
        {
            _memory.Settle();
        }
    }

    /// <summary>Answers the culprit and leaves the rest, with how many inputs were blamed.</summary>
    private async Task<(CycleCalls Left, int Blamed)> Blame(CycleCalls calls, Exception failure)
    {
        if (failure is InputFailedException { Index: var index, InnerException: { } cause })
        {
            var (call, at) = calls.Find(index);
            if (call.Call.Inputs[at] is PoolInput.Reported report)
            {
                Accuse(cause, [report]);
                return (calls.With(call, at, PassOver(report)), 1);
            }

            End(call, cause);
            return (calls.Without(call), call.Call.Inputs.Length);
        }

        var wasDeciding = _stage == CycleStage.Deciding;
        // A pool that fails although nothing is asked of it is no caller's fault.
        await Serve(CycleCalls.None);
        return calls.Calls.Count == 1 && wasDeciding ? EndOnly(calls.Calls[0], failure) : await FindAlone(calls);
    }

    /// <summary>The only call of a cycle that failed. Reports of a worker are passed over: it would send them for ever.</summary>
    private (CycleCalls Left, int Blamed) EndOnly(PendingCall call, Exception failure)
    {
        if (!call.Call.Inputs.All(input => input is PoolInput.Reported))
        {
            End(call, failure);
            return (CycleCalls.None, call.Call.Inputs.Length);
        }

        Accuse(failure, call.Call.Inputs);
        var passed = call.Call.Inputs.Cast<PoolInput.Reported>().Select(PassOver).ToArray<PoolInput>();
        return (CycleCalls.Of([call with { Call = call.Call with { Inputs = passed } }]), passed.Length);
    }

    /// <summary>Serves call by call; each that fails has the state made anew.</summary>
    private async Task<(CycleCalls Left, int Blamed)> FindAlone(CycleCalls calls)
    {
        var blamed = 0;
        foreach (var call in calls.Calls)
        {
            for (var left = CycleCalls.Of([call]); await TryServe(left) is { } failure;)
            {
                await _memory.Reload(CancellationToken.None);
                (left, var more) = failure is InputFailedException ? await Blame(left, failure) : EndOnly(left.Calls[0], failure);
                blamed += more;
            }
        }

        return (CycleCalls.None, blamed);
    }

    private void End(PendingCall call, Exception failure)
    {
        Accuse(failure, call.Call.Inputs);
        call.End(PoolAnswer.Faulty(InternalError, _memory.Epoch));
    }

    private void Accuse(Exception failure, IReadOnlyList<PoolInput> inputs)
    {
        foreach (var input in inputs)
        {
            LogPoison(failure, PoolName, InputWords.Of(input));
            instruments.OnPoison();
            _poisons.Note(input);
        }
    }

    /// <summary>The report is acknowledged and changes nothing. Were it of an end, that end would never be heard of: its worker
    /// announces itself anew, without the attempt.</summary>
    private PoolInput.Reported PassOver(PoolInput.Reported report)
    {
        if (report.Event is AttemptEvent.Ended or null) _lostAnEnd.Add(report.Node);
        return PoolInput.Reported.PassedOver(report.Node, report.Sequence);
    }

    private async Task RejoinThoseWhoLostAnEnd()
    {
        foreach (var node in _lostAnEnd) await GrainFactory.GetGrain<INodeGrain>(node.Name).Rejoin(_memory.Epoch);
        _lostAnEnd.Clear();
    }

    /// <summary>A cycle for these calls alone. Null: done and answered; otherwise the engine's failure.</summary>
    private async Task<Exception?> TryServe(CycleCalls calls)
    {
        try
        {
            await Serve(calls);
            return null;
        }
        catch (Exception failure) when (_stage != CycleStage.Durable && IsOfTheEngine(failure))
        {
            return failure;
        }
    }
}
