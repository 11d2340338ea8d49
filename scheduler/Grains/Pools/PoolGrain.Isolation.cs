using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// One input that the engine can't take must not fail all others of its cycle: the state is read anew and each call is served
/// alone. What fails again is the culprit; its caller gets an internal error, and everybody else what they asked for.
/// </summary>
public sealed partial class PoolGrain
{
    /// <summary>An attempt that nobody has: a report of it is acknowledged and changes nothing.</summary>
    private static readonly AttemptId Nobody = new(new JobId(0), 0);

    /// <summary>Null when every call has its answer; otherwise what went wrong besides, and those without one are to be refused.</summary>
    private async Task<Exception?> Isolate(CycleCalls calls, Exception failure)
    {
        LogIsolating(failure, PoolName, calls.Inputs.Count);
        try
        {
            await _memory.Load(CancellationToken.None);
            // A pool that fails although nobody asks for anything is no caller's fault.
            await Serve([]);
            var failed = 0;
            foreach (var call in calls.Calls) failed += await ServeAlone(call);
            LogIsolated(PoolName, calls.Calls.Count, failed);
            await AskNodesToRejoin();
            _failedInARow = 0;
            return null;
        }
        catch (Exception worse)
        {
            return worse;
        }
    }

    /// <summary>Answers a call; returns how many of its inputs fail always.</summary>
    private Task<int> ServeAlone(PendingCall call) =>
        call.Call.Inputs.All(input => input is PoolInput.Reported) ? ServeReports(call) : ServeWhole(call);

    private async Task<int> ServeWhole(PendingCall call)
    {
        try
        {
            var step = await Serve(call.Call.Inputs);
            call.End(PoolAnswer.Answered([.. step.Replies], _memory.Epoch));
            return 0;
        }
        catch (Exception failure) when (IsOfTheEngine(failure))
        {
            await Blame(failure, call.Call.Inputs);
            call.End(
                PoolAnswer.Faulty(
                    "the scheduler met an internal error with this request, and nothing was changed; its log says more", _memory.Epoch));
            return call.Call.Inputs.Length;
        }
    }

    /// <summary>Reports of one worker: one that can't be taken is passed over, as the worker would send it for ever. An end that is
    /// lost with it is found out when the worker announces itself anew without the attempt.</summary>
    private async Task<int> ServeReports(PendingCall call)
    {
        var failed = 0;
        foreach (var report in call.Call.Inputs.Cast<PoolInput.Reported>())
        {
            try
            {
                await Serve([report]);
            }
            catch (Exception failure) when (IsOfTheEngine(failure))
            {
                failed++;
                await Blame(failure, [report]);
                await Serve([report with { Attempt = Nobody }]);
            }
        }

        call.End(PoolAnswer.Answered(new PoolReply?[call.Call.Inputs.Length], _memory.Epoch));
        return failed;
    }

    private async Task Blame(Exception failure, IReadOnlyList<PoolInput> inputs)
    {
        foreach (var input in inputs)
        {
            LogPoison(failure, PoolName, InputWords.Of(input));
            instruments.OnPoison();
        }

        await _memory.Load(CancellationToken.None);
    }

    /// <summary>A cycle for these inputs alone, without the answers.</summary>
    private async Task<StepResult> Serve(IReadOnlyList<PoolInput> inputs)
    {
        var step = await Decide(inputs);
        await Persist(step);
        await Dispatch(step.Effects);
        await Publish(step);
        WakeAt(step.WakeAt);
        return step;
    }
}
