using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>A scheduler with a real wire and no decisions: it hands out what a test says, and keeps what workers report.</summary>
internal sealed class FakeScheduler : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeScheduler(WebApplication app, Conversation conversation)
    {
        _app = app;
        Talk = conversation;
    }

    public Conversation Talk { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <param name="talk">What an earlier scheduler knew: a restarted one goes on with it.</param>
    /// <param name="port">0: any free one.</param>
    public static async Task<FakeScheduler> StartAsync(Conversation? talk = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        talk ??= new Conversation();
        builder.Services.AddSingleton(talk);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<FakeWorkersService>();
        await app.StartAsync();
        return new(app, talk);
    }

    public async ValueTask DisposeAsync()
    {
        Talk.EndSessions();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }
}
