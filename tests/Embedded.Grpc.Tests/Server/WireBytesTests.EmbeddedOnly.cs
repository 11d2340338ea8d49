using static GpuScheduler.Embedded.Grpc.Tests.Server.RawRequest;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>What our server alone does: it refuses what it can't read, and says why.</summary>
public sealed partial class WireBytesTests
{
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

    [Fact]
    public async Task Timeout_of_nothing_is_DEADLINE_EXCEEDED() =>
        Assert.Equal("4", (await PostAsync(Address, "Wait", Frame(0), headers: ("grpc-timeout", "0n"))).Header("grpc-status"));
}
