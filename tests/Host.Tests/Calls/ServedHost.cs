using System.Net;
using GpuScheduler.Host.Startup;
using GpuScheduler.Host.Tests.Extremes;
using GpuScheduler.Host.Workers;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GpuScheduler.Host.Tests.Calls;

/// <summary>The scheduler's calls behind a real port, as they are set up in the program, on the pool of <see cref="WireHost"/>.</summary>
internal sealed class ServedHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServedHost(WebApplication app)
    {
        _app = app;
        Channel = GrpcChannel.ForAddress(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public GrpcChannel Channel { get; }

    public static async Task<ServedHost> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting().AddLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.AddCalls();
        var pool = new WireHost();
        builder.Services.AddSingleton<StreamLifetime>().AddSingleton(pool.Jobs).AddSingleton(pool.Pools)
            .AddSingleton(pool.Workers);
        var app = builder.Build();
        app.MapCalls();
        await app.StartAsync();
        return new ServedHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}
