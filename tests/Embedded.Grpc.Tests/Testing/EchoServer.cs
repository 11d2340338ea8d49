using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Embedded.Grpc.Tests.Testing;

/// <summary>Our server on a port of the system's choice, HTTP/2 with prior knowledge.</summary>
public sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public EchoProbe Probe => _app.Services.GetRequiredService<EchoProbe>();

    public HealthServiceImpl Health => _app.Services.GetRequiredService<HealthServiceImpl>();

    public LogLines Log => _app.Services.GetRequiredService<LogLines>();

    public static Task<EchoServer> StartAsync(
        Action<GrpcServiceOptions>? configure = null, Action<IServiceCollection>? services = null) =>
        StartAsync<EchoService>(configure, services);

    public static async Task<EchoServer> StartAsync<TService>(
        Action<GrpcServiceOptions>? configure = null, Action<IServiceCollection>? services = null, Action<ListenOptions>? listens = null)
        where TService : class
    {
        var builder = WebApplication.CreateSlimBuilder();
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listens ?? (listen => listen.Protocols = HttpProtocols.Http2)));
        builder.Services.AddSingleton<EchoProbe>().AddSingleton(log);
        builder.Services.AddGrpc(options => configure?.Invoke(options));
        builder.Services.AddGrpcHealthChecks().AddCheck("echo", () => HealthCheckResult.Healthy());
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapGrpcService<TService>();
        app.MapGrpcHealthChecksService();
        await app.StartAsync();
        return new EchoServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(impatient.Token);
        await _app.DisposeAsync();
    }
}
