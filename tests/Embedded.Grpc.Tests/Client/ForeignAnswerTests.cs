using System.Net;
using System.Net.Http.Headers;
using GpuScheduler.Embedded.Grpc.Tests.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace GpuScheduler.Embedded.Grpc.Tests.Client;

/// <summary>A client before servers and proxies that answer something else than a call.</summary>
public sealed partial class ForeignAnswerTests
{
    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    public async Task Http_error_is_mapped(int httpStatus, StatusCode code)
    {
        var status = await CallAsync(new HttpResponseMessage((HttpStatusCode)httpStatus));

        Assert.Equal(code, status.StatusCode);
        Assert.Contains($"{httpStatus}", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_in_the_trailers_decides()
    {
        var answer = Answer([0, 0, 0, 0, 0]);
        answer.TrailingHeaders.Add("grpc-status", "7");

        Assert.Equal(StatusCode.PermissionDenied, (await CallAsync(answer)).StatusCode);
    }

    [Fact]
    public async Task OK_without_a_message_is_INTERNAL()
    {
        var answer = Answer([]);
        answer.TrailingHeaders.Add("grpc-status", "0");

        Assert.Equal(StatusCode.Internal, (await CallAsync(answer)).StatusCode);
    }

    [Fact]
    public async Task Nobody_listening_is_UNAVAILABLE()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");

        var error = await Assert.ThrowsAsync<RpcException>(() => new Echo.EchoClient(channel).SayAsync(new Payload()).ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.NotNull(error.Status.DebugException);
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("localhost:7070")]
    public void Address_must_be_http_or_https(string address) => Assert.ThrowsAny<Exception>(() => GrpcChannel.ForAddress(address));

    private static HttpResponseMessage Answer(byte[] body) => new()
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
    };

    private static async Task<Status> CallAsync(HttpResponseMessage answer)
    {
        using var channel = GrpcChannel.ForAddress("http://stub", new GrpcChannelOptions { HttpHandler = new Stub(answer) });
        var error = await Assert.ThrowsAsync<RpcException>(() => new Echo.EchoClient(channel).SayAsync(new Payload()).ResponseAsync);
        return error.Status;
    }

    private sealed class Stub(HttpResponseMessage answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            answer.RequestMessage = request;
            answer.Version = HttpVersion.Version20;
            return Task.FromResult(answer);
        }
    }
}
