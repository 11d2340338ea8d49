using System.Diagnostics;
using GpuScheduler.Common.Telemetry;

namespace GpuScheduler.Host.Tests.Observability;

/// <summary>Tracing that is not switched on must cost nothing: no listener, so no span of any call.</summary>
public sealed class TracesExtensionsTests
{
    private static readonly string[] s_sources = ["Microsoft.AspNetCore", "GpuScheduler.Pool"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Somebody_listens_only_when_traces_are_sent(bool asked)
    {
        await using var host = new ScrapedHost { Otlp = new OtlpSettings(Metrics: false, Traces: asked, []) };
        await host.Start();

        Assert.All(s_sources, name =>
        {
            using var source = new ActivitySource(name);
            Assert.Equal(asked, source.HasListeners());
        });
    }
}
