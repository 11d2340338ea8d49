using GpuScheduler.Embedded.Grpc.Tests.Testing;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;

namespace GpuScheduler.Embedded.Grpc.Tests.Client;

/// <summary>Our client against gRPC C++.</summary>
public sealed class PythonServerTests : ClientContract
{
    private PythonPeer? _server;

    [Fact]
    public async Task Server_that_vanishes_in_mid_stream_is_UNAVAILABLE()
    {
        using var call = Client.Chat();
        await call.RequestStream.WriteAsync(new Payload { Number = 1 });
        Assert.True(await call.ResponseStream.MoveNext());
        var reading = call.ResponseStream.MoveNext();

        _server!.Kill();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => reading)).StatusCode);
        var afterwards = await Assert.ThrowsAsync<RpcException>(() => Client.SayAsync(new Payload()).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, afterwards.StatusCode);
    }

    protected override async Task<string> StartServerAsync()
    {
        _server = PythonPeer.Start("server.py");
        var port = (await _server.ReadAsync()).GetProperty("port").GetInt32();
        return $"http://127.0.0.1:{port}";
    }

    protected override Task StopServerAsync()
    {
        _server!.Dispose();
        return Task.CompletedTask;
    }

    protected override async Task<double> ServerSawDeadlineAsync()
    {
        var line = await _server!.ReadAsync();
        Assert.True(line.GetProperty("started").GetBoolean());
        var remaining = line.GetProperty("remaining");
        return remaining.ValueKind == System.Text.Json.JsonValueKind.Null ? double.MaxValue : remaining.GetDouble();
    }

    protected override async Task ServerSawCancellationAsync() =>
        Assert.True((await _server!.ReadAsync()).GetProperty("cancelled").GetBoolean());
}
