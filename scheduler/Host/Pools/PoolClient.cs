using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Grains.Observability;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.Grpc.Mapping;
using Grpc.Core;

namespace GpuScheduler.Host.Pools;

/// <summary>The way from a call to the pool that this scheduler serves.</summary>
public sealed class PoolClient(IGrainFactory grains, PoolRules rules, PoolDoors doors)
{
    /// <summary>The pool.</summary>
    public IPoolGrain Pool { get; } = grains.GetGrain<IPoolGrain>(rules.InForce.Name);

    /// <summary>How long what completed jobs left is kept.</summary>
    public TimeSpan HistoryKeep => rules.InForce.History.Keep;

    /// <summary>A node of it.</summary>
    public INodeGrain Node(string name) => grains.GetGrain<INodeGrain>(name);

    /// <summary>Has an input decided and made durable.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT or NOT_FOUND when rejected, UNAVAILABLE when nothing can be taken now,
    /// INTERNAL when the pool can't take this one.</exception>
    public async Task<TReply> Ask<TReply>(PoolInput input)
        where TReply : PoolReply
    {
        var answer = await doors.Apply(grains, rules.InForce.Name, PoolCall.Of(input) with { Trace = PoolTracing.Caller });
        if (answer.IsRefused)
            throw new RpcException(new Status(answer.Failed ? StatusCode.Internal : StatusCode.Unavailable, answer.Refusal));
        return answer.Reply switch
        {
            TReply reply => reply,
            PoolReply.Rejected { NotFound: true } rejected => throw BadRequest.NotFound(
                "node", rejected.Faults.Select(fault => fault.Value), string.Join('\n', rejected.Faults)),
            PoolReply.Rejected rejected when input is PoolInput.Submit => throw BadRequest.Of(
                rejected.Faults.Select(SubmissionFields.InRequest), string.Join('\n', rejected.Faults)),
            PoolReply.Rejected rejected => throw BadRequest.Of(rejected.Faults),
            var other =>
                throw new InvalidOperationException($"{input.GetType().Name} was answered with {other?.GetType().Name ?? "nothing"}."),
        };
    }
}
