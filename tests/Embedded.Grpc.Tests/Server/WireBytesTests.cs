using GpuScheduler.Embedded.Grpc.Tests.Testing;
using static GpuScheduler.Embedded.Grpc.Tests.Server.RawRequest;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>What a server answers, byte by byte.</summary>
public sealed partial class WireBytesTests : IAsyncLifetime
{
    /// <summary>Payload { number = 5 }.</summary>
    private static readonly byte[] Five = [0x10, 5];

    private EchoServer? _server;

    private string Address => _server!.Address;

    public async Task InitializeAsync() => _server = await EchoServer.StartAsync();

    public Task DisposeAsync() => _server!.DisposeAsync().AsTask();

    [Fact]
    public async Task Answer_is_one_frame_and_the_status_comes_in_the_trailers()
    {
        var answer = await PostAsync(Address, "Say", Frame(0, Five), "application/grpc+proto");

        Assert.Equal(200, answer.HttpStatus);
        Assert.Equal(Frame(0, Five), answer.Body);
        Assert.Equal("0", answer.Trailer("grpc-status"));
        Assert.Null(answer.Header("grpc-status"));
    }

    [Fact]
    public async Task Error_without_a_message_is_headers_only_with_a_percent_encoded_text()
    {
        // Payload { body = "ü 1%", number = 5 }
        var answer = await PostAsync(Address, "Fail", Frame(0, [0x0a, 5, 0xc3, 0xbc, (byte)' ', (byte)'1', (byte)'%', .. Five]));

        Assert.Empty(answer.Body);
        Assert.Equal("5", answer.Header("grpc-status"));
        Assert.Equal("%C3%BC 1%25", answer.Header("grpc-message"));
        Assert.Equal("AAH/", answer.Header("x-bytes-bin"));
    }

    [Fact]
    public async Task Uncompressed_message_is_served_whatever_encoding_the_stream_names() =>
        Assert.Equal("0", (await PostAsync(Address, "Say", Frame(0, Five), headers: ("grpc-encoding", "gzip"))).Trailer("grpc-status"));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    public async Task Other_content_types_are_415(string contentType)
    {
        var answer = await PostAsync(Address, "Say", Frame(0, Five), contentType);

        Assert.Equal(415, answer.HttpStatus);
        Assert.Equal("13", answer.Header("grpc-status"));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 0x10, 5, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 0x10, 5 })]
    [InlineData(new byte[] { 0, 0, 0 })]
    public async Task Request_of_no_or_two_or_half_a_message_is_INTERNAL(byte[] body) =>
        Assert.Equal("13", (await PostAsync(Address, "Say", body)).Header("grpc-status"));

    [Fact]
    public async Task Binary_metadata_comes_back_as_it_was_sent()
    {
        var answer = await PostAsync(Address, "Say", Frame(0, Five), headers: ("x-a-bin", "AAH/"));

        Assert.Equal("AAH/", answer.Header("x-echo-a-bin"));
        Assert.Equal("AAH/", answer.Trailer("x-echo-a-bin"));
    }

    [Fact]
    public async Task Server_answers_DEADLINE_EXCEEDED_by_itself()
    {
        var answer = await PostAsync(Address, "Wait", Frame(0), headers: ("grpc-timeout", "100m"));

        Assert.Equal("4", answer.Header("grpc-status"));
    }

    [Fact]
    public async Task Server_answers_DEADLINE_EXCEEDED_also_for_a_handler_that_takes_no_notice()
    {
        var answer = await PostAsync(Address, "Wait", Frame(0, Five), headers: ("grpc-timeout", "100m"));

        Assert.Equal("4", answer.Header("grpc-status"));
        _server!.Probe.Release();
        await _server.Probe.EndedAsync();
        Assert.Empty(_server.Log.Lines);
    }

    [Fact]
    public async Task Longest_possible_timeout_is_no_problem() =>
        Assert.Equal("0", (await PostAsync(Address, "Say", Frame(0, Five), headers: ("grpc-timeout", "99999999H"))).Trailer("grpc-status"));
}
