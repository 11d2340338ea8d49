using GpuScheduler.Embedded.Grpc.Tests.Testing;

namespace GpuScheduler.Embedded.Grpc.Tests.Client;

public sealed class OwnServerTests : ClientContract
{
    private EchoServer? _server;

    protected override async Task<string> StartServerAsync() => (_server = await EchoServer.StartAsync()).Address;

    protected override async Task StopServerAsync()
    {
        Assert.Empty(_server!.Log.Lines);
        await _server.DisposeAsync();
    }

    protected override async Task<double> ServerSawDeadlineAsync() =>
        ((await _server!.Probe.StartedAsync()).Deadline - DateTime.UtcNow).TotalSeconds;

    protected override Task ServerSawCancellationAsync() => _server!.Probe.CancelledAsync();
}
