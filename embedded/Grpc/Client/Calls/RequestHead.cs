using System.Net;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>The request of a call, up to its body.</summary>
internal static class RequestHead
{
    private static readonly string UserAgent =
        $"gpuscheduler-grpc/{typeof(RequestHead).Assembly.GetName().Version} (.NET {Environment.Version})";

    public static HttpRequestMessage Create(Uri address, string? host, CallOptions options, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation(WireNames.AcceptEncoding, WireNames.Identity);
        AddTimeout(request, options.Deadline);
        AddMetadata(request, options.Headers);
        if (!request.Headers.NonValidated.Contains("user-agent"))
            request.Headers.TryAddWithoutValidation("user-agent", UserAgent);
        return request;
    }

    private static void AddTimeout(HttpRequestMessage request, DateTime? deadline)
    {
        if (deadline is not { } utc || utc == DateTime.MaxValue)
            return;
        if (utc.Kind != DateTimeKind.Utc && utc != DateTime.MinValue)
            throw new RpcException(new Status(StatusCode.Internal, $"The deadline {utc:O} must be of kind UTC."));
        request.Headers.TryAddWithoutValidation(WireNames.Timeout, WireTimeout.Encode(utc - DateTime.UtcNow));
    }

    private static void AddMetadata(HttpRequestMessage request, Metadata? metadata)
    {
        if (metadata is null)
            return;
        foreach (var entry in metadata)
        {
            if (!WireNames.IsReserved(entry.Key))
                request.Headers.TryAddWithoutValidation(entry.Key, HeaderValues.Encode(entry));
        }
    }
}
