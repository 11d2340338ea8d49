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
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "0")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "10s")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "zip")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/such/file")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/etc/passwd")]
    [InlineData("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/tmp")]
    [InlineData("OTEL_EXPORTER_OTLP_CLIENT_KEY", "/tmp")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/dev/zero")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "sum")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "0")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "-1")]
    [InlineData("OTEL_METRIC_EXPORT_TIMEOUT", "-7")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "0")]
    [InlineData("OTEL_BSP_EXPORT_TIMEOUT", "1.5")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "2147483647")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "511")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "0")]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "2049")]
    [InlineData("OTEL_TRACES_SAMPLER", "some")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "2")]
    [InlineData("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "-1")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "lab")]
    [InlineData("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "disk")]
    public void What_cannot_be_meant_is_named_and_nothing_is_sent(string variable, string value)
    {
        var settings = Read($"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://a:4317 {variable}={value}");

        var fault = Assert.Single(settings.Faults);
        Assert.Equal((variable, value), (fault.Variable, fault.Value));
        Assert.NotEmpty(fault.Allowed);
        Assert.False(settings.Metrics || settings.Traces);
    }

    [Theory]
    [InlineData("hush")]
    [InlineData("key=hush,hush")]
    [InlineData("key=hush,key=hush")]
    [InlineData("=hush")]
    [InlineData("k(y=hush")]
    [InlineData("key=hüsh")]
    [InlineData("key=hush%0d%0ahush")]
    [InlineData("content-type=hush")]
    public void Headers_that_cannot_be_meant_are_refused_and_not_shown(string headers)
    {
        var fault = Assert.Single(Read($"OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4317 OTEL_EXPORTER_OTLP_HEADERS={headers}").Faults);

        Assert.Equal(("OTEL_EXPORTER_OTLP_HEADERS", OtlpFault.NotShown), (fault.Variable, fault.Value));
        Assert.DoesNotContain("sh", fault.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=authorization=Basic%20aGk=,x-lab=")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS=key=value,")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE=100 OTEL_BSP_MAX_EXPORT_BATCH_SIZE=100")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL=1 OTEL_EXPORTER_OTLP_TIMEOUT=2147483647")]
    [InlineData("OTEL_TRACES_SAMPLER=ParentBased_TraceIdRatio OTEL_TRACES_SAMPLER_ARG=0.25")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES=site=lab,rack=1 OTEL_EXPORTER_OTLP_COMPRESSION=gzip")]
    public void What_can_be_meant_is_taken(string variables) =>
        Assert.Empty(Read($"OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4317 {variables}").Faults);

    [Fact]
    public void A_certificate_and_its_key_are_taken()
    {
        using var files = new KeyFiles();

        Assert.Empty(Read($"{Collector} OTEL_EXPORTER_OTLP_CERTIFICATE={files.Certificate} {Pair(files.Certificate, files.Key)}").Faults);
        Assert.Empty(Read($"{Collector} {Pair(files.Both, files.Both)}").Faults);
        Assert.Empty(Read($"{Collector} OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE={files.Both}").Faults);
    }

    [Fact]
    public void A_certificate_without_its_own_readable_key_is_refused()
    {
        using var files = new KeyFiles();
        string[] wrong = [files.OtherKey, files.EncryptedKey, files.Certificate, "/etc/passwd"];

        foreach (var key in wrong)
            Assert.Equal(
                ("OTEL_EXPORTER_OTLP_CLIENT_KEY", key), Fault(Read($"{Collector} {Pair(files.Certificate, key)}")));
        Assert.Equal(
            ("OTEL_EXPORTER_OTLP_CLIENT_KEY", ""), Fault(Read($"{Collector} OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE={files.Certificate}")));
        Assert.Equal(
            ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", ""), Fault(Read($"{Collector} OTEL_EXPORTER_OTLP_CLIENT_KEY={files.Key}")));
    }

    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT=https://a:4317";

    private static string Pair(string certificate, string key) =>
        $"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE={certificate} OTEL_EXPORTER_OTLP_CLIENT_KEY={key}";

    private static (string, string) Fault(OtlpSettings settings)
    {
        var fault = Assert.Single(settings.Faults);
        return (fault.Variable, fault.Value);
    }

    private static OtlpSettings Read(string variables)
    {
        var given = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return OtlpSettings.Read(name => given.GetValueOrDefault(name));
    }
}
