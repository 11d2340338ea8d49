using System.Collections.Concurrent;
using System.Diagnostics;
using GpuScheduler.Grains.Observability;

namespace GpuScheduler.Grains.Tests.Harness;

/// <summary>Listens to the pool's spans for as long as it lives.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public RecordedSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PoolTracing.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The only one of this name and trace.</summary>
    public Activity Only(string name, string traceparent) => Assert.Single(
        _spans, span => span.OperationName == name && traceparent.Contains(span.TraceId.ToString(), StringComparison.Ordinal));

    public IReadOnlyList<Activity> All(string name) => [.. _spans.Where(span => span.OperationName == name)];

    public void Dispose() => _listener.Dispose();
}
