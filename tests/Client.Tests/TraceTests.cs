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

    /// <summary>The exporter reads these itself, in the process's environment.</summary>
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=foo", "OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=a=b,c=ü,=,x", "OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT=0", "OTEL_EXPORTER_OTLP_TIMEOUT")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE=/nowhere/ca.pem", "OTEL_EXPORTER_OTLP_CERTIFICATE")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE=2147483647", "OTEL_BSP_MAX_QUEUE_SIZE")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE=0", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT=soon", "OTEL_EXPORTER_OTLP_TIMEOUT")]
    public async Task No_variable_of_the_exporter_holds_a_job_up(string variable, string told)
    {
        var result = await ClientProgram.RunAsync(
            Scheduler, "\"$0\" submit --parsable -- true", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", variable);

        Assert.Equal((0, "1\n"), (result.ExitCode, result.Out));
        Assert.Matches($"(?m)^gpusched: no trace is sent: .*{told}.*\n$", result.Error);
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
