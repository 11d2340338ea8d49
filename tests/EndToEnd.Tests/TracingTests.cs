using GpuScheduler.EndToEnd.Tests.Collector;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>What a collector of OpenTelemetry is sent: a submission is one trace through all programs.</summary>
public sealed class TracingTests
{
    private const string CallersTrace = "0af7651916cd43dd8448eb211c80319c";
    private const string CallersSpan = "b7ad6b7169203331";
    private const string Caller = $"00-{CallersTrace}-{CallersSpan}-01";

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_submission_is_one_trace_from_its_caller_to_the_launch(string protocol)
    {
        await using var collector = await OtlpCollector.Start(protocol);
        await using var lab = await Lab.Start(variables: collector.Variables);
        await lab.StartWorker("lab");

        await Scrape(lab);
        var id = await Submit(lab);
        await lab.JobIs(id, JobState.Completed);

        var launch = await collector.Receives("launch", lab.Outputs);
        string[] names = ["gpusched submit", "JobsService/SubmitJob", "pool", "commit", "dispatch"];
        var spans = new Dictionary<string, ReceivedSpan>();
        foreach (var name in names) spans[name] = await collector.Receives(name, lab.Outputs);
        Assert.All(spans.Values.Append(launch), span => Assert.Equal(CallersTrace, span.Trace));
        Assert.Equal(
            ["gpusched", "gpusched-scheduler", "gpusched-scheduler", "gpusched-scheduler", "gpusched-scheduler", "gpusched-worker"],
            names.Select(name => spans[name].Service).Append(launch.Service));
        Assert.Matches(@"^\d+\.\d+\.\d+$", launch.Version);
        Assert.All(spans.Values, span => Assert.Equal(launch.Version, span.Version));
        Assert.Equal(CallersSpan, spans["gpusched submit"].Parent);
        Assert.Equal(spans["gpusched submit"].Id, spans["JobsService/SubmitJob"].Parent);
        Assert.Equal(spans["JobsService/SubmitJob"].Id, spans["pool"].Parent);
        Assert.Equal(spans["pool"].Id, spans["commit"].Parent);
        Assert.Equal(spans["pool"].Id, spans["dispatch"].Parent);
        Assert.Equal(spans["dispatch"].Id, launch.Parent);
        Assert.DoesNotContain(collector.Spans, span => span.Name.Contains("metrics", StringComparison.Ordinal));
        Assert.Equal((id, "1"), (launch.Attributes["gpusched.job"], launch.Attributes["gpusched.attempt"]));
    }

    [Fact]
    public async Task Metrics_are_sent_with_the_gauges_of_a_pool_that_nobody_scrapes()
    {
        await using var collector = await OtlpCollector.Start();
        await using var lab = await Lab.Start(variables: collector.Variables);

        await Eventually.Sees(
            "the pool's counts", () => Task.FromResult(collector.Metrics),
            names => names.Contains("gpusched.jobs") && names.Contains("gpusched.pool.commits"), lab.Outputs);
    }

    /// <summary>A caller's traceparent alone, as many tools set it, sends nothing either.</summary>
    [Fact]
    public async Task Nothing_is_sent_unless_acollector_is_named()
    {
        await using var collector = await OtlpCollector.Start();
        var variables = collector.Variables.Where(one => !one.Key.EndsWith("_ENDPOINT", StringComparison.Ordinal)).ToDictionary();
        await using var lab = await Lab.Start(variables: variables);
        await lab.StartWorker("lab");

        await lab.JobIs(await Submit(lab), JobState.Completed);
        await lab.Scheduler.Terminate();

        Assert.Equal(0, collector.Calls);
        Assert.DoesNotContain("OTEL", lab.Outputs(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("collector", lab.Outputs(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Acollector_that_is_away_holds_nothing_up()
    {
        var collector = await OtlpCollector.Start();
        var variables = collector.Variables;
        await collector.DisposeAsync();
        await using var lab = await Lab.Start(variables: variables);
        await lab.StartWorker("lab");

        await lab.JobIs(await Submit(lab), JobState.Completed);
    }

    [Fact]
    public async Task A_variable_that_cannot_be_meant_is_refused_by_its_name()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Lab.Start(variables: new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4317" }));

        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", failure.Message, StringComparison.Ordinal);
        Assert.Contains("collector:4317", failure.Message, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:4317", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>OpenTelemetry's library throws at these from within the start.</summary>
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "hush", "'(not shown)': name=value,name=value")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "0", "'0': milliseconds")]
    public async Task A_variable_that_the_library_throws_at_is_refused_by_its_name(string variable, string value, string words)
    {
        await using var collector = await OtlpCollector.Start();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Lab.Start(variables: new Dictionary<string, string>(collector.Variables) { [variable] = value }));

        Assert.Contains($"{variable}: {words}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("please report it", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "collector:4317", "'collector:4317'")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "hush", "'(not shown)'")]
    public async Task A_worker_refuses_such_a_variable_too(string variable, string value, string shown)
    {
        var folder = Directory.CreateTempSubdirectory("gpusched-e2e-");
        var worker = Apps.Command("gpusched-worker", "--data", Path.Combine(folder.FullName, "data"));
        worker.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4317";
        worker.Environment[variable] = value;

        var ended = await CliResult.Run(folder.FullName, "", worker);
        folder.Delete(recursive: true);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains($"{variable} is {shown}; allowed: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", ended.Error, StringComparison.Ordinal);
    }

    private static async Task Scrape(Lab lab)
    {
        using var http = new HttpClient { DefaultRequestVersion = new(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        Assert.NotEmpty(await http.GetStringAsync($"{lab.Server}/metrics"));
    }

    private static async Task<string> Submit(Lab lab)
    {
        lab.Variables["TRACEPARENT"] = Caller;
        var submitted = await lab.Cli("submit", "--parsable", "--", "true");
        Assert.Equal((0, ""), (submitted.ExitCode, submitted.Error));
        return submitted.Output.Trim();
    }
}
