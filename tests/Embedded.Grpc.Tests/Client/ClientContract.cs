using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using GpuScheduler.Embedded.Grpc.Tests.V1;

namespace GpuScheduler.Embedded.Grpc.Tests.Client;

/// <summary>What our client does, whoever serves: run against our own server and against gRPC C++.</summary>
public abstract class ClientContract : IAsyncLifetime
{
    private GrpcChannel? _channel;

    protected Echo.EchoClient Client => new(Channel);

    protected GrpcChannel Channel => _channel!;

    protected string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Address = await StartServerAsync();
        _channel = GrpcChannel.ForAddress(Address);
    }

    public async Task DisposeAsync()
    {
        Channel.Dispose();
        await StopServerAsync();
    }

    [Fact]
    public async Task Unary_call_brings_the_response_and_OK()
    {
        using var call = Client.SayAsync(new Payload { Body = ByteString.CopyFromUtf8("hello"), Number = 7 });

        var response = await call;

        Assert.Equal("hello", response.Body.ToStringUtf8());
        Assert.Equal(7, response.Number);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public void Blocking_call_brings_the_response() => Assert.Equal(3, Client.Say(new Payload { Number = 3 }).Number);

    [Fact]
    public async Task Empty_message_is_a_message() => Assert.Equal(new Payload(), await Client.SayAsync(new Payload()));

    [Fact]
    public async Task Metadata_travels_both_ways_in_headers_and_trailers()
    {
        var headers = new Metadata { { "X-Text", "plain text" }, { "x-bytes-bin", [0, 1, 2, 250] }, { "x-one-bin", [97] }, { "x-twice", "1" }, { "x-twice", "2" } };
        using var call = Client.SayAsync(new Payload(), headers);

        var received = await call.ResponseHeadersAsync;
        await call;

        foreach (var metadata in new[] { received, call.GetTrailers() })
        {
            Assert.Equal("plain text", metadata.GetValue("x-echo-text"));
            Assert.Equal([0, 1, 2, 250], metadata.GetValueBytes("x-echo-bytes-bin"));
            Assert.Equal([97], metadata.GetValueBytes("x-echo-one-bin"));
            // HTTP lets anyone on the way join the values of a repeated text header.
            Assert.Equal("1, 2", string.Join(", ", metadata.GetAll("x-echo-twice").Select(entry => entry.Value)));
        }
    }

    [Fact]
    public async Task Server_stream_of_10000_messages_comes_whole_and_in_order()
    {
        using var call = Client.Count(new Payload { Body = ByteString.CopyFrom(new byte[100]), Number = 10_000 });

        var numbers = await call.ResponseStream.ReadAllAsync().Select(payload => payload.Number).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 10_000), numbers);
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Client_stream_of_10000_messages_arrives_whole()
    {
        using var call = Client.Gather();
        for (var number = 1; number <= 10_000; number++)
            await call.RequestStream.WriteAsync(new Payload { Body = ByteString.CopyFromUtf8($"message {number}") });
        await call.RequestStream.CompleteAsync();

        var response = await call;

        Assert.Equal(10_000, response.Number);
        Assert.Equal("message 10000", response.Body.ToStringUtf8());
    }

    [Fact]
    public async Task Duplex_answers_each_message_before_the_next_is_sent()
    {
        using var call = Client.Chat();
        for (var number = 1; number <= 100; number++)
        {
            await call.RequestStream.WriteAsync(new Payload { Number = number });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(number, call.ResponseStream.Current.Number);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Duplex_without_any_message_ends_with_OK()
    {
        using var call = Client.Chat();
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Mebibyte_goes_both_ways()
    {
        var body = new byte[1024 * 1024];
        new Random(1).NextBytes(body);

        var response = await Client.SayAsync(new Payload { Body = UnsafeByteOperations.UnsafeWrap(body) });

        Assert.Equal(body, response.Body.ToByteArray());
    }

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
            Assert.Contains("1000", error.Status.Detail, StringComparison.Ordinal);
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

    protected abstract Task<string> StartServerAsync();

    protected abstract Task StopServerAsync();

    /// <summary>Waits until Wait is being served; its deadline in seconds from now, when it has one.</summary>
    protected abstract Task<double> ServerSawDeadlineAsync();

    protected abstract Task ServerSawCancellationAsync();
}
