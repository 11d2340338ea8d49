using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Reflection;
using GpuScheduler.Common.Telemetry;
using GpuScheduler.Core.Config;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Grains.Views;
using GpuScheduler.Host.Observability;
using GpuScheduler.Host.Pools;
using GpuScheduler.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace GpuScheduler.Host.Tests.Observability;

/// <summary>A server with the scheduler's metrics, and a test's own, in front of a pool that answers as the test says.</summary>
internal sealed class ScrapedHost : IAsyncDisposable
{
    // Every meter of a name is read, also another test's: tests that run side by side must not see one another's.
    private static int s_hosts;

    private readonly HttpClient _http = new();
    private WebApplication? _app;

    public string MeterName { get; } = $"GpuScheduler.Test.{Interlocked.Increment(ref s_hosts)}";

    public OtlpSettings Otlp { get; init; } = OtlpSettings.Off;

    public ArmedTimeProvider Clock { get; } = new();

    public Func<Task<PoolView>> Look { get; set; } = () => Task.FromResult(new PoolView("default", 1, null, [], []));

    public async Task Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddSingleton<TimeProvider>(Clock);
        var grains = DispatchProxy.Create<IGrainFactory, OnePool>();
        ((OnePool)(object)grains).Look = () => Look();
        builder.Services.AddSingleton(new PoolClient(grains, new PoolRules(new PoolConfig()), new PoolDoors(TimeProvider.System)));
        builder.AddTelemetry(Otlp).Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(MeterName));
        _app = builder.Build();
        _app.MapTelemetry(Otlp);
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task<string> Scrape(string accept = "*/*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await _http.SendAsync(request);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<HttpStatusCode> Post()
    {
        using var response = await _http.PostAsync("metrics", null);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }
}

/// <summary>Grains of a silo that has one pool, of which only the look at it is asked for.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
internal class OnePool : DispatchProxy
{
    public Func<Task<PoolView>>? Look { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod?.Name == nameof(IPoolGrain.GetPool)) return Look!();
        var pool = Create<IPoolGrain, OnePool>();
        ((OnePool)(object)pool).Look = Look;
        return pool;
    }
}
