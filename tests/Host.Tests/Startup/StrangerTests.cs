using System.Net;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Grains.Serialization;
using GpuScheduler.Host.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace GpuScheduler.Host.Tests.Startup;

/// <summary>Another process of the same machine that knows Orleans, the grains and the silo's name: this one.</summary>
public sealed class StrangerTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private SchedulerProcess _scheduler = null!;

    public async ValueTask InitializeAsync() => _scheduler = await SchedulerProcess.StartAsync();

    public ValueTask DisposeAsync()
    {
        _scheduler.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>All that it listens on, and where its silo says that it is.</summary>
    private IEnumerable<IPEndPoint> Doors => _scheduler.Listening().Append(new IPEndPoint(IPAddress.Loopback, ClosedSilo.NoPort));

    [Fact]
    public void Nothing_but_calls_and_pages_is_listened_for_and_on_loopback_alone()
    {
        var listening = _scheduler.Listening();

        Assert.Equal(2, listening.Count);
        Assert.All(listening, socket => Assert.Equal(IPAddress.Loopback, socket.Address));
    }

    [Fact]
    public async Task Its_client_can_call_no_grain()
    {
        foreach (var door in Doors)
        {
            using var stranger = Client(door);
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await stranger.StartAsync().WaitAsync(s_patience);
                await stranger.Services.GetRequiredService<IClusterClient>().GetGrain<IPoolGrain>("default").GetPool();
            });
        }
    }

    [Fact]
    public async Task Its_silo_can_not_join()
    {
        foreach (var door in Doors)
        {
            using var stranger = Silo(door);
            await Assert.ThrowsAnyAsync<Exception>(() => stranger.StartAsync().WaitAsync(s_patience));
        }
    }

    private static IHost Client(IPEndPoint gateway) => Microsoft.Extensions.Hosting.Host.CreateDefaultBuilder()
        .UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(gateway.Port);
            client.Services.AddCoreMessages();
        }).Build();

    private static IHost Silo(IPEndPoint primary) => Microsoft.Extensions.Hosting.Host.CreateDefaultBuilder()
        .UseOrleans(silo => silo.UseLocalhostClustering(Free(), gatewayPort: 0, primary)
            .Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = s_patience / 3)
            .ConfigureServices(services => services.AddCoreMessages())).Build();

    private static int Free()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
