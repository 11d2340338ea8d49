using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>What the command line does about traces without a collector: it hands its caller's on.</summary>
public sealed class TraceTests : Submitting
{
    private const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData(Caller, Caller)]
    [InlineData("", null)]
    [InlineData("no trace", null)]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01", null)]
    public async Task A_callers_trace_is_handed_on_as_it_is(string given, string? sent)
    {
        var cli = NewCli();
        cli.Environment["TRACEPARENT"] = given;

        var result = await cli.RunAsync("submit", "--", "true");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([sent], Scheduler.Jobs.Traces);
    }

    [Fact]
    public async Task A_variable_that_cannot_be_meant_holds_no_job_up()
    {
        var cli = NewCli();
        cli.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector";

        var result = await cli.RunAsync("submit", "--parsable", "--", "true");

        Assert.Equal((0, "1\n"), (result.ExitCode, result.Out));
        Assert.Contains(
            "gpusched: no trace is sent: OTEL_EXPORTER_OTLP_ENDPOINT is 'collector'; allowed: the address of a collector", result.Error,
            StringComparison.Ordinal);
    }
}
