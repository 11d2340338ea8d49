using Google.Protobuf;
using GpuScheduler.Embedded.Grpc.Tests.Testing;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>A slow reader slows the writer: what lies between them stays within the transport's windows.</summary>
public sealed class FlowControlTests : IAsyncLifetime
{
    private const int MessageSize = 64 * 1024;

    /// <summary>625 MiB: nobody buffers that.</summary>
    private const int Messages = 10_000;

    /// <summary>The client's stream window grows to 16 MiB at most; the rest is for what both ends hold besides.</summary>
    private const int MostUnread = 24 * 1024 * 1024 / MessageSize;

    private EchoServer? _server;
    private GrpcChannel? _channel;

    private static Payload Chunk => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[MessageSize]), Number = Messages };

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _channel = GrpcChannel.ForAddress(_server.Address);
    }

    public async Task DisposeAsync()
    {
        _channel!.Dispose();
        Assert.Empty(_server!.Log.Lines);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Handler_waits_for_a_slow_client()
    {
        using (var call = new Echo.EchoClient(_channel!).Count(Chunk))
        {
            for (var read = 1; read <= 500; read++)
            {
                Assert.True(await call.ResponseStream.MoveNext());
                Assert.InRange(_server!.Probe.MessagesWritten - read, -1, MostUnread);
            }
        }

        await _server!.Probe.CancelledAsync();
        await _server.Probe.EndedAsync();
        Assert.InRange(_server.Probe.MessagesWritten, 499, 500 + MostUnread);
    }

    [Fact]
    public async Task Client_waits_for_a_slow_handler()
    {
        // The handler sends each message back, and nobody reads those: it gets stuck, and then the client must.
        using var call = new Echo.EchoClient(_channel!).Chat();
        var written = 0;
        var writing = WriteAllAsync();
        await _server!.Probe.StartedAsync();
        Assert.True(await call.ResponseStream.MoveNext());

        call.Dispose();

        var stopped = await Assert.ThrowsAnyAsync<Exception>(() => writing);
        // The real client says it the second way where the next write had not begun.
        Assert.True(stopped is RpcException { StatusCode: StatusCode.Cancelled } or ObjectDisposedException, stopped.ToString());
        Assert.InRange(written, 1, 2 * MostUnread);
        await _server.Probe.EndedAsync();

        async Task WriteAllAsync()
        {
            for (; written < Messages; written++)
                await call.RequestStream.WriteAsync(Chunk);
        }
    }
}
