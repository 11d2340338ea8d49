using System.Net;
using System.Net.Http.Headers;

namespace GpuScheduler.Embedded.Grpc.Tests.Server;

/// <summary>A request as bytes, with no gRPC library on its side; and the answer as it came over the wire.</summary>
internal sealed record RawAnswer(int HttpStatus, HttpResponseHeaders Headers, byte[] Body, HttpResponseHeaders Trailers)
{
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join('|', values) : null;

    public string? Trailer(string name) => Trailers.TryGetValues(name, out var values) ? string.Join('|', values) : null;
}

internal static class RawRequest
{
    public static async Task<RawAnswer> PostAsync(
        string address, string method, byte[] body, string contentType = "application/grpc", params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/gpuscheduler.test.v1.Echo/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var content = await response.Content.ReadAsByteArrayAsync();
        return new RawAnswer((int)response.StatusCode, response.Headers, content, response.TrailingHeaders);
    }

    /// <summary>One message with its five bytes in front.</summary>
    public static byte[] Frame(byte flag, params byte[] message) => [flag, 0, 0, 0, (byte)message.Length, .. message];
}
