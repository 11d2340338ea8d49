using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;

namespace GpuScheduler.Grains.Pools;

/// <summary>The calls that one cycle serves.</summary>
/// <param name="Calls">In the order they came.</param>
/// <param name="Inputs">All their inputs, in the same order.</param>
internal sealed record CycleCalls(IReadOnlyList<PendingCall> Calls, IReadOnlyList<PoolInput> Inputs)
{
    /// <summary>A cycle that looks only at what time has done.</summary>
    public static CycleCalls None { get; } = new([], []);

    public static CycleCalls Of(IReadOnlyList<PendingCall> calls) => new(calls, [.. calls.SelectMany(call => call.Call.Inputs)]);

    /// <summary>Whose input this is, and its place among that call's.</summary>
    public (PendingCall Call, int At) Find(int input)
    {
        foreach (var call in Calls)
        {
            if (input < call.Call.Inputs.Length) return (call, input);
            input -= call.Call.Inputs.Length;
        }

        throw new ArgumentOutOfRangeException(nameof(input), input, "more inputs than the cycle had");
    }

    public CycleCalls Without(PendingCall call) => Of([.. Calls.Where(one => one != call)]);

    /// <summary>With another input in the place of one.</summary>
    public CycleCalls With(PendingCall call, int at, PoolInput input)
    {
        PoolInput[] inputs = [.. call.Call.Inputs];
        inputs[at] = input;
        return Of([.. Calls.Select(one => one == call ? call with { Call = call.Call with { Inputs = inputs } } : one)]);
    }

    /// <summary>Answers every call with its share of the replies.</summary>
    /// <param name="replies">One for each input.</param>
    /// <param name="epoch">Of the state that they come from.</param>
    /// <param name="broken">What a caller is told whose input met a bug.</param>
    public void Complete(IReadOnlyList<PoolReply?> replies, long epoch, string broken)
    {
        var next = 0;
        foreach (var call in Calls)
        {
            var own = new PoolReply?[call.Call.Inputs.Length];
            for (var i = 0; i < own.Length; i++) own[i] = replies[next++];
            call.End(own.Any(reply => reply is PoolReply.Broken) ? PoolAnswer.Faulty(broken, epoch) : PoolAnswer.Answered(own, epoch));
        }
    }

    /// <summary>Tells every caller that nothing was done.</summary>
    public void Refuse(string why, long epoch)
    {
        foreach (var call in Calls) call.End(PoolAnswer.Refused(why, epoch));
    }
}

/// <summary>A call and the caller who waits for its answer.</summary>
/// <param name="Call">What it asks for.</param>
/// <param name="Received">When it came; null: no traces are sent.</param>
internal sealed record PendingCall(PoolCall Call, DateTimeOffset? Received)
{
    private readonly TaskCompletionSource<PoolAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<PoolAnswer> Answer => _answer.Task;

    /// <summary>A call that comes now.</summary>
    public static PendingCall Of(PoolCall call, TimeProvider clock) => new(call, call.Trace is null ? null : clock.GetUtcNow());

    /// <summary>The first answer stands: a cycle that fails after it answered must not answer again.</summary>
    public void End(PoolAnswer answer) => _answer.TrySetResult(answer);
}
