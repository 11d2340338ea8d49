using Google.Protobuf;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Embedded.Grpc.Tests.Client;

/// <summary>What our client does, whoever serves: run against our own server and against gRPC C++.</summary>
public abstract partial class ClientContract : IAsyncLifetime
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
        var headers = new Metadata
        {
            { "X-Text", "plain text" }, { "x-bytes-bin", [0, 1, 2, 250] }, { "x-one-bin", [97] }, { "x-twice", "1" }, { "x-twice", "2" },
        };
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

    protected abstract Task<string> StartServerAsync();

    protected abstract Task StopServerAsync();

    /// <summary>Waits until Wait is being served; its deadline in seconds from now, when it has one.</summary>
    protected abstract Task<double> ServerSawDeadlineAsync();

    protected abstract Task ServerSawCancellationAsync();
}
