using GpuScheduler.Embedded.Grpc.Tests.Testing;
using static GpuScheduler.Embedded.Grpc.Tests.Server.RawRequest;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>What our server answers, byte by byte.</summary>
public sealed class WireBytesTests : IAsyncLifetime
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

    [Theory]
    [InlineData("snappy", "12")]
    [InlineData("gzip", "12")]
    [InlineData("identity", "13")]
    [InlineData(null, "13")]
    public async Task Compressed_message_is_refused_with_what_is_accepted(string? encoding, string status)
    {
        (string, string)[] headers = encoding is null ? [] : [("grpc-encoding", encoding)];

        var answer = await PostAsync(Address, "Say", Frame(1, Five), headers: headers);

        Assert.Equal(status, answer.Header("grpc-status"));
        Assert.Equal("identity", answer.Header("grpc-accept-encoding"));
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
    [InlineData(new byte[0], "none was sent")]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 0x10, 5, 0, 0, 0, 0, 0 }, "more were sent")]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 0x10, 5 }, "ended inside a message")]
    [InlineData(new byte[] { 0, 0, 0 }, "ended inside a message")]
    [InlineData(new byte[] { 7, 0, 0, 0, 0 }, "flag is 7")]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 0xff }, "isn't a valid Payload")]
    public async Task Broken_request_is_INTERNAL_and_says_why(byte[] body, string detail)
    {
        var answer = await PostAsync(Address, "Say", body);

        Assert.Equal("13", answer.Header("grpc-status"));
        Assert.Contains(detail, answer.Header("grpc-message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Length_beyond_the_limit_is_refused_before_the_message_has_come()
    {
        var answer = await PostAsync(Address, "Say", [0, 0xff, 0xff, 0xff, 0xff]);

        Assert.Equal("8", answer.Header("grpc-status"));
        Assert.Contains("4294967295 bytes; the limit is 4194304", answer.Header("grpc-message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AAH/", "AAH/")]
    [InlineData("YQ==", "YQ")]
    [InlineData("YQ", "YQ")]
    [InlineData("YQ,AAH/, YWI=", "YQ|AAH/|YWI")]
    public async Task Binary_metadata_may_be_padded_or_not_and_joined_by_commas(string sent, string answered)
    {
        var answer = await PostAsync(Address, "Say", Frame(0, Five), headers: ("x-a-bin", sent));

        Assert.Equal(answered, answer.Header("x-echo-a-bin"));
        Assert.Equal(answered, answer.Trailer("x-echo-a-bin"));
    }

    [Fact]
    public async Task Binary_metadata_that_is_no_base64_is_INTERNAL() =>
        Assert.Equal("13", (await PostAsync(Address, "Say", Frame(0, Five), headers: ("x-a-bin", "*"))).Header("grpc-status"));

    [Theory]
    [InlineData("5")]
    [InlineData("5x")]
    [InlineData("-5S")]
    [InlineData("123456789S")]
    public async Task Malformed_timeout_is_INTERNAL(string timeout)
    {
        var answer = await PostAsync(Address, "Say", Frame(0, Five), headers: ("grpc-timeout", timeout));

        Assert.Equal("13", answer.Header("grpc-status"));
        Assert.Contains($"'{timeout}'", answer.Header("grpc-message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0n")]
    [InlineData("100m")]
    public async Task Server_answers_DEADLINE_EXCEEDED_by_itself(string timeout)
    {
        var answer = await PostAsync(Address, "Wait", Frame(0), headers: ("grpc-timeout", timeout));

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
