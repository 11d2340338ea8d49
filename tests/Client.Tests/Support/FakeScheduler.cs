using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Client.Tests.Support;

/// <summary>A scheduler of canned answers behind the real wire: what the client sends and shows is what counts here.</summary>
internal sealed class FakeScheduler : IAsyncDisposable
{
    private readonly WebApplication _host;

    private FakeScheduler(WebApplication host, FakeJobs jobs, FakePools pools)
    {
        _host = host;
        Jobs = jobs;
        Pools = pools;
        Address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public string Address { get; }

    public FakeJobs Jobs { get; }

    public FakePools Pools { get; }

    public static Task<FakeScheduler> StartAsync() => StartAsync(static host =>
    {
        host.MapGrpcService<FakeJobs>();
        host.MapGrpcService<FakePools>();
    });

    /// <summary>Another program with HTTP/2.</summary>
    public static Task<FakeScheduler> StartOtherAsync(Action<HttpContext> answer) => StartAsync(host => host.Run(context =>
    {
        answer(context);
        return Task.CompletedTask;
    }));

    private static async Task<FakeScheduler> StartAsync(Action<WebApplication> map)
    {
        var (jobs, pools) = (new FakeJobs(), new FakePools());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(jobs);
        builder.Services.AddSingleton(pools);
        var host = builder.Build();
        map(host);
        await host.StartAsync();
        return new(host, jobs, pools);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
