using Google.Protobuf;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Embedded.Grpc.Tests.Client;

/// <summary>Calls that end in another way than OK.</summary>
public abstract partial class ClientContract
{
    [Theory]
    [InlineData(StatusCode.NotFound, "no such job")]
    [InlineData(StatusCode.FailedPrecondition, "Grafikkarte fehlt – 100 %\nzweite Zeile: 显卡 🖥")]
    [InlineData(StatusCode.Unauthenticated, "")]
    public async Task Error_brings_code_text_and_trailers(StatusCode code, string detail)
    {
        var call = Client.FailAsync(new Payload { Number = (int)code, Body = ByteString.CopyFromUtf8(detail) });

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(code, error.StatusCode);
        Assert.Equal(detail, error.Status.Detail);
        Assert.Equal("asked for", error.Trailers.GetValue("x-reason"));
        Assert.Equal([0, 1, 255], error.Trailers.GetValueBytes("x-bytes-bin"));
        Assert.Equal(code, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Message_beyond_the_servers_limit_is_RESOURCE_EXHAUSTED()
    {
        var request = new Payload { Body = UnsafeByteOperations.UnsafeWrap(new byte[5 * 1024 * 1024]) };

        var error = await Assert.ThrowsAsync<RpcException>(() => Client.SayAsync(request).ResponseAsync);

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task Message_beyond_the_clients_limits_is_RESOURCE_EXHAUSTED()
    {
        var request = new Payload { Body = UnsafeByteOperations.UnsafeWrap(new byte[2000]) };
        using var receives = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxReceiveMessageSize = 1000 });
        using var sends = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxSendMessageSize = 1000 });

        foreach (var channel in new[] { receives, sends })
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => new Echo.EchoClient(channel).SayAsync(request).ResponseAsync);
            Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        }
    }

    [Fact]
    public async Task Unknown_method_is_UNIMPLEMENTED()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "gpuscheduler.test.v1.Echo", "Nothing", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        var call = Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, "?");

        Assert.Equal(StatusCode.Unimplemented, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task Deadline_ends_the_call_on_both_sides()
    {
        var call = Client.WaitAsync(new Payload(), deadline: DateTime.UtcNow.AddSeconds(1));
        Assert.InRange(await ServerSawDeadlineAsync(), 0, 1.01);

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await ServerSawCancellationAsync();
    }

    [Fact]
    public async Task Deadline_in_the_past_ends_the_call_at_once()
    {
        var call = Client.SayAsync(new Payload(), deadline: DateTime.UtcNow.AddSeconds(-1));

        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task Cancelling_the_token_cancels_the_server()
    {
        using var source = new CancellationTokenSource();
        var call = Client.WaitAsync(new Payload(), cancellationToken: source.Token);
        await ServerSawDeadlineAsync();

        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await ServerSawCancellationAsync();
    }

    [Fact]
    public async Task Disposing_the_call_cancels_the_server()
    {
        var call = Client.WaitAsync(new Payload());
        await ServerSawDeadlineAsync();

        call.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await ServerSawCancellationAsync();
    }

    [Fact]
    public async Task Cancelled_stream_tells_reader_and_writer()
    {
        using var source = new CancellationTokenSource();
        using var call = Client.Chat(cancellationToken: source.Token);
        await call.RequestStream.WriteAsync(new Payload { Number = 1 });
        Assert.True(await call.ResponseStream.MoveNext());
        var reading = call.ResponseStream.MoveNext();

        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => reading)).StatusCode);
        var writing = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new Payload()));
        Assert.Equal(StatusCode.Cancelled, writing.StatusCode);
    }
}
