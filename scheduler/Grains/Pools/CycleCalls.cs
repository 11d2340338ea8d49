using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Pools;

/// <summary>The calls that one cycle serves.</summary>
/// <param name="Calls">In the order they came.</param>
/// <param name="Inputs">All their inputs, in the same order.</param>
internal sealed record CycleCalls(IReadOnlyList<PendingCall> Calls, IReadOnlyList<PoolInput> Inputs)
{
    /// <summary>Answers every call with its share of the replies.</summary>
    public void Complete(IReadOnlyList<PoolReply?> replies, long epoch)
    {
        var next = 0;
        foreach (var call in Calls)
        {
            var own = new PoolReply?[call.Call.Inputs.Length];
            for (var i = 0; i < own.Length; i++) own[i] = replies[next++];
            call.End(PoolAnswer.Answered(own, epoch));
        }
    }

    /// <summary>Tells every caller that nothing was done.</summary>
    public void Refuse(string why, long epoch)
    {
        foreach (var call in Calls) call.End(PoolAnswer.Refused(why, epoch));
    }
}

/// <summary>A call and the caller who waits for its answer.</summary>
internal sealed class PendingCall(PoolCall call)
{
    private readonly TaskCompletionSource<PoolAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PoolCall Call { get; } = call;

    public Task<PoolAnswer> Answer => _answer.Task;

    /// <summary>The first answer stands: a cycle that fails after it answered must not answer again.</summary>
    public void End(PoolAnswer answer) => _answer.TrySetResult(answer);
}
