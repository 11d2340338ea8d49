using System.Diagnostics;
using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Observability;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// A cycle serves many callers at once. Each that is traced gets spans of its own, written once the cycle is durable; later the
/// dispatch of its jobs joins them. Used on the pool's own turns only, so it needs no lock.
/// </summary>
internal sealed class CycleTraces(TimeProvider clock)
{
    private readonly TracedJobs _jobs = new();

    /// <summary>A cycle is durable, and its callers are about to be answered.</summary>
    /// <param name="calls">What it served.</param>
    /// <param name="replies">One for each input.</param>
    /// <param name="began">When its commit began; null: there was nothing to write.</param>
    public void Committed(CycleCalls calls, IReadOnlyList<PoolReply?> replies, DateTimeOffset? began)
    {
        if (!PoolTracing.Source.HasListeners()) return;
        var (now, next) = (clock.GetUtcNow(), 0);
        foreach (var call in calls.Calls)
        {
            var own = replies.Skip(next).Take(call.Call.Inputs.Length);
            if (call.Call.Trace is not null) Write(call, own.OfType<PoolReply.Submitted>(), began, now);
            next += call.Call.Inputs.Length;
        }
    }

    /// <summary>Orders are about to be given to a worker: for each, what its launch belongs to; null where no job is traced.</summary>
    public string?[]? Dispatched(IReadOnlyList<PoolEffect> orders)
    {
        if (!PoolTracing.Source.HasListeners()) return null;
        string?[] traces = [.. orders.Select(Dispatched)];
        return traces.Any(trace => trace is not null) ? traces : null;
    }

    private string? Dispatched(PoolEffect order)
    {
        if (order is not PoolEffect.Dispatch { Order.Attempt: var attempt } || _jobs.Find(attempt.Job) is not { } pool) return null;
        var now = clock.GetUtcNow();
        return Span(
            "dispatch", ActivityKind.Producer, pool, (now, now),
            ("gpusched.job", $"{attempt.Job}"), ("gpusched.attempt", attempt.Number), ("gpusched.node", order.Node.Name));
    }

    private void Write(PendingCall call, IEnumerable<PoolReply.Submitted> submitted, DateTimeOffset? began, DateTimeOffset now)
    {
        var pool = Span(
            "pool", ActivityKind.Internal, call.Call.Trace!, (call.Received ?? now, now),
            ("gpusched.input", call.Call.Inputs[0].GetType().Name));
        if (pool is null) return;
        if (began is { } from) Span("commit", ActivityKind.Client, pool, (from, now), ("db.system.name", "sqlite"));
        foreach (var reply in submitted) _jobs.Add(reply.Jobs, pool);
    }

    /// <summary>Written whole: what runs now belongs to no caller.</summary>
    /// <returns>Its id, for its children; null: it isn't recorded.</returns>
    private static string? Span(
        string name, ActivityKind kind, string parent, (DateTimeOffset From, DateTimeOffset To) when,
        params (string Name, object Value)[] tags)
    {
        using var span = PoolTracing.Source.StartActivity(
            name, kind, parent, tags.Select(tag => KeyValuePair.Create(tag.Name, (object?)tag.Value)), startTime: when.From);
        span?.SetEndTime(when.To.UtcDateTime);
        return span?.Id;
    }
}
