using GpuScheduler.Common.Telemetry;

namespace GpuScheduler.Host.Tests.Observability;

public sealed class OtlpSettingsTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_SERVICE_NAME=lab", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4317", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://a/v1/traces", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://a:4318", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4317 OTEL_TRACES_EXPORTER=none", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4317 OTEL_METRICS_EXPORTER=none", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4317 OTEL_SDK_DISABLED=True", false, false)]
    public void Only_what_has_a_place_to_go_to_is_sent(string variables, bool metrics, bool traces)
    {
        var settings = Read(variables);

        Assert.Empty(settings.Faults);
        Assert.Equal((metrics, traces), (settings.Metrics, settings.Traces));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "udp")]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin")]
    public void What_cannot_be_meant_is_named_and_nothing_is_sent(string variable, string value)
    {
        var settings = Read($"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://a:4317 {variable}={value}");

        var fault = Assert.Single(settings.Faults);
        Assert.Equal((variable, value), (fault.Variable, fault.Value));
        Assert.NotEmpty(fault.Allowed);
        Assert.False(settings.Metrics || settings.Traces);
    }

    private static OtlpSettings Read(string variables)
    {
        var given = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return OtlpSettings.Read(name => given.GetValueOrDefault(name));
    }
}
