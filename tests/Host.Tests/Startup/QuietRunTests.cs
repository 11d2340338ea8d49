namespace GpuScheduler.Host.Tests.Startup;

/// <summary>A start and a stop with which nothing is wrong: whoever reads the log finds no warning.</summary>
public sealed class QuietRunTests
{
    // Nobody listens there: a collector that is away is no fault of the start.
    private static readonly KeyValuePair<string, string> s_collector = new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");

    [Fact]
    public async Task A_start_that_sends_to_a_collector_warns_of_nothing()
    {
        using var scheduler = await SchedulerProcess.StartAsync(s_collector);

        AssertQuiet(await scheduler.TerminateAsync());
    }

    private static void AssertQuiet(string said)
    {
        foreach (var level in (string[])[" WRN]", " ERR]", " FTL]"]) Assert.DoesNotContain(level, said, StringComparison.Ordinal);
    }
}
