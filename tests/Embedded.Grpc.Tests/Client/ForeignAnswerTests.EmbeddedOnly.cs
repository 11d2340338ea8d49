using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Embedded.Grpc.Tests.Client;

/// <summary>What our client alone does: UNKNOWN where no status came, as the protocol says, and texts that name what is wrong.</summary>
public sealed partial class ForeignAnswerTests
{
    [Fact]
    public async Task Answer_of_another_content_type_is_UNKNOWN_and_names_it()
    {
        var status = await CallAsync(new HttpResponseMessage { Content = new StringContent("<html/>") });

        Assert.Equal(StatusCode.Unknown, status.StatusCode);
        Assert.Contains("text/plain", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_without_a_status_is_UNKNOWN() =>
        Assert.Equal(StatusCode.Unknown, (await CallAsync(Answer([]))).StatusCode);

    [Theory]
    [InlineData("99")]
    [InlineData("abc")]
    public async Task Status_that_is_none_is_UNKNOWN(string text)
    {
        var answer = Answer([0, 0, 0, 0, 0]);
        answer.TrailingHeaders.Add("grpc-status", text);

        Assert.Equal(StatusCode.Unknown, (await CallAsync(answer)).StatusCode);
    }

    [Fact]
    public async Task Compressed_message_is_INTERNAL()
    {
        var answer = Answer([1, 0, 0, 0, 0]);
        answer.Headers.Add("grpc-encoding", "gzip");

        var status = await CallAsync(answer);

        Assert.Equal(StatusCode.Internal, status.StatusCode);
        Assert.Contains("gzip", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listening_is_named()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");

        var error = await Assert.ThrowsAsync<RpcException>(() => new Echo.EchoClient(channel).SayAsync(new Payload()).ResponseAsync);

        Assert.Contains("127.0.0.1:1", error.Status.Detail, StringComparison.Ordinal);
    }
}
