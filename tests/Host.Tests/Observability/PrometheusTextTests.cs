using System.Diagnostics.Metrics;
using GpuScheduler.Host.Observability;

namespace GpuScheduler.Host.Tests.Observability;

public sealed class PrometheusTextTests : IDisposable
{
    // The reader listens to every meter of this name's kind in the process: a name of its own keeps tests apart.
    private readonly Meter _meter = new("GpuScheduler.Test");
    private readonly MetricsReader _reader = new();

    public void Dispose()
    {
        _reader.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counter_AddsUpPerLabels()
    {
        var counter = _meter.CreateCounter<long>("test.jobs.ended", "{job}", "Jobs that ended.");
        counter.Add(2, Tag("tier", "a\"b\\c\nd"), Tag("state", "failed"));
        counter.Add(3, Tag("state", "failed"), Tag("tier", "a\"b\\c\nd"));
        counter.Add(1);

        Assert.Equal(
            "# HELP test_jobs_ended_total Jobs that ended.\n# TYPE test_jobs_ended_total counter\n" +
            "test_jobs_ended_total 1\ntest_jobs_ended_total{state=\"failed\",tier=\"a\\\"b\\\\c\\nd\"} 5\n",
            Write());
    }

    [Fact]
    public void Gauge_ShowsWhatIsTrueNow()
    {
        Measurement<int>[] now = [new(4, Tag("state", "idle")), new(1, Tag("state", "down"))];
        _meter.CreateObservableGauge("test.nodes", () => now, "{node}", "Nodes.");
        Write();
        now = [new(5, Tag("state", "idle"))];

        Assert.Equal("# HELP test_nodes Nodes.\n# TYPE test_nodes gauge\ntest_nodes{state=\"idle\"} 5\n", Write());
    }

    [Fact]
    public void Histogram_CountsEverythingBelowEachBound()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] };
        var histogram = _meter.CreateHistogram("test.duration", "s", "Time.", advice: advice);
        foreach (var value in new[] { 0.05, 0.1, 0.5, 7 }) histogram.Record(value);

        Assert.Equal(
            "# HELP test_duration_seconds Time.\n# TYPE test_duration_seconds histogram\n" +
            "test_duration_seconds_bucket{le=\"0.1\"} 2\ntest_duration_seconds_bucket{le=\"1\"} "
                + "3\ntest_duration_seconds_bucket{le=\"+Inf\"} 4\n" +
            "test_duration_seconds_sum 7.65\ntest_duration_seconds_count 4\n",
            Write());
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private string Write() => PrometheusText.Write(_reader.Read().Where(sum => sum.Instrument.Meter == _meter));
}
