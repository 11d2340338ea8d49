using System.Diagnostics.Metrics;

namespace GpuScheduler.Host.Observability;

/// <summary>What one instrument has measured so far, apart for each set of labels.</summary>
public sealed class InstrumentSum(Instrument instrument)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);

    /// <summary>Whose measurements these are.</summary>
    public Instrument Instrument { get; } = instrument;

    /// <summary>Upper bounds of a histogram's buckets; empty for other instruments.</summary>
    public IReadOnlyList<double> Bounds { get; } = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];

    /// <summary>A copy, sorted by labels.</summary>
    public IReadOnlyList<Series> Series
    {
        get
        {
            lock (_lock)
            {
                return [.. _series.Values.Select(series => series with { Buckets = [.. series.Buckets] })];
            }
        }
    }

    /// <summary>A counter adds up, a gauge keeps the last value, a histogram counts per bucket.</summary>
    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels.Of(tags);
        lock (_lock)
        {
            if (!_series.TryGetValue(labels, out var series)) _series[labels] = series = new Series(labels, new long[Bounds.Count + 1]);
            series.Value = Instrument.IsObservable ? value : series.Value + value;
            series.Count++;
            series.Buckets[BucketOf(value)]++;
        }
    }

    /// <summary>A label set that a gauge doesn't mention any more is gone.</summary>
    public void ForgetGauge()
    {
        if (!Instrument.IsObservable) return;
        lock (_lock)
        {
            _series.Clear();
        }
    }

    private int BucketOf(double value)
    {
        var bucket = 0;
        while (bucket < Bounds.Count && value > Bounds[bucket]) bucket++;
        return bucket;
    }
}

/// <summary>One line of measurements.</summary>
/// <param name="Labels">As Prometheus writes them, without braces.</param>
/// <param name="Buckets">Counts of each bucket by itself; the last is the one without bound.</param>
public sealed record Series(string Labels, long[] Buckets)
{
    /// <summary>Sum of a counter or histogram, last value of a gauge.</summary>
    public double Value { get; set; }

    /// <summary>Number of measurements.</summary>
    public long Count { get; set; }
}
