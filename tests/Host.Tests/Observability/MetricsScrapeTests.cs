using System.Diagnostics.Metrics;
using System.Net;

namespace GpuScheduler.Host.Tests.Observability;

/// <summary>What a scrape is answered, whatever state the pool is in and whatever format is asked for.</summary>
public sealed class MetricsScrapeTests : IAsyncLifetime
{
    private readonly ScrapedHost _host = new();
    private readonly Meter _meter;

    public MetricsScrapeTests() => _meter = new Meter(_host.MeterName);

    public async ValueTask InitializeAsync() => await _host.Start();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _meter.Dispose();
    }

    [Fact]
    public async Task Counter_AddsUpPerLabels()
    {
        var counter = _meter.CreateCounter<long>("test.jobs.ended", "{job}", "Jobs that ended.");
        counter.Add(2, Tag("state", "failed"), Tag("tier", "a\"b\\c\nd"));
        counter.Add(3, Tag("tier", "a\"b\\c\nd"), Tag("state", "failed"));
        counter.Add(1);

        var metrics = await _host.Scrape();

        Assert.Contains(
            "# TYPE test_jobs_ended_total counter\n# HELP test_jobs_ended_total Jobs that ended.\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\ntest_jobs_ended_total{state=\"failed\",tier=\"a\\\"b\\\\c\\nd\"} 5\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\ntest_jobs_ended_total{} 1\n", metrics, StringComparison.Ordinal);
    }

    /// <summary>Also right after another scrape, and without what is gone: a tier that a reload took away must not stay.</summary>
    [Fact]
    public async Task Gauge_ShowsWhatIsTrueNow()
    {
        Measurement<int>[] now = [new(4, Tag("state", "idle")), new(1, Tag("state", "down"))];
        _meter.CreateObservableGauge("test.nodes", () => now, "{node}", "Nodes.");
        Assert.Contains("\ntest_nodes{state=\"down\"} 1\n", await _host.Scrape(), StringComparison.Ordinal);
        now = [new(5, Tag("state", "idle"))];

        var metrics = await _host.Scrape();

        Assert.Contains("\ntest_nodes{state=\"idle\"} 5\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("state=\"down\"} 1", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histogram_CountsEverythingBelowEachBound()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] };
        var histogram = _meter.CreateHistogram("test.duration", "s", "Time.", advice: advice);
        foreach (var value in new[] { 0.05, 0.1, 0.5, 7 }) histogram.Record(value);

        Assert.Contains(
            "test_duration_seconds_bucket{le=\"0.1\"} 2\ntest_duration_seconds_bucket{le=\"1\"} "
                + "3\ntest_duration_seconds_bucket{le=\"+Inf\"} 4\n" +
            "test_duration_seconds_sum{} 7.65\ntest_duration_seconds_count{} 4\n",
            await _host.Scrape(), StringComparison.Ordinal);
    }

    /// <summary>Prometheus asks for the newer format first, in which bounds have other names and counters more series.</summary>
    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.3")]
    [InlineData("text/html")]
    public async Task Names_AreTheSameForAllWhoAsk(string accept)
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] };
        _meter.CreateHistogram("test.duration", "s", "Time.", advice: advice).Record(1);
        _meter.CreateCounter<long>("test.jobs.ended").Add(1);

        var metrics = await _host.Scrape(accept);

        Assert.Contains("\ntest_duration_seconds_bucket{le=\"1\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("_created", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("otel_scope", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("target_info", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PoolThatFails_KeepsNothingElseFromBeingRead()
    {
        _host.Look = () => throw new InvalidOperationException("the silo is not up");

        Assert.Contains("\ngpusched_nodes{state=\"idle\"} 0\n", await _host.Scrape(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PoolThatHangs_IsWaitedForAShortTimeOnly()
    {
        _host.Look = () => new TaskCompletionSource<Grains.Views.PoolView>().Task;
        var scrape = _host.Scrape();
        await _host.Clock.UntilArmedAsync(1);
        _host.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Contains("\ngpusched_nodes{state=\"idle\"} 0\n", await scrape, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyReading_IsAnswered() => Assert.Equal(HttpStatusCode.MethodNotAllowed, await _host.Post());

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
