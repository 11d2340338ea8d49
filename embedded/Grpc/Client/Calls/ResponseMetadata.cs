using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>Reads a response's headers and trailers.</summary>
internal static class ResponseMetadata
{
    /// <summary>What the headers alone decide: an answer that isn't gRPC, or a status without any message. Null: read on.</summary>
    public static CallOutcome? EarlyOutcome(HttpResponseMessage response)
    {
        if (Find(response.Headers, WireNames.Status) is not null)
            return FromStatus(response.Headers);
        if (response.StatusCode != HttpStatusCode.OK)
            return CallOutcome.Of(FromHttp(response.StatusCode), $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}");
        var contentType = Find(response.Content.Headers, "content-type");
        return WireNames.IsGrpcContentType(contentType)
            ? null
            : CallOutcome.Of(StatusCode.Unknown, $"Bad gRPC response. Content type '{contentType}' isn't {WireNames.ContentType}.");
    }

    /// <summary>The outcome at the end of the stream.</summary>
    public static CallOutcome Outcome(HttpResponseMessage response) =>
        Find(response.TrailingHeaders, WireNames.Status) is not null
            ? FromStatus(response.TrailingHeaders)
            : CallOutcome.Of(StatusCode.Unknown, $"The server ended the call without a {WireNames.Status}.");

    public static Metadata FromHeaders(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            if (WireNames.IsReserved(name))
                continue;
            foreach (var value in values)
                HeaderValues.Decode(metadata, name, value);
        }

        return metadata;
    }

    public static string? Find(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static CallOutcome FromStatus(HttpHeaders headers)
    {
        var text = Find(headers, WireNames.Status);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return CallOutcome.Of(StatusCode.Unknown, $"The server's {WireNames.Status} '{text}' isn't a number.");
        var code = Enum.IsDefined((StatusCode)number) ? (StatusCode)number : StatusCode.Unknown;
        var detail = PercentEncoding.Decode(Find(headers, WireNames.Message) ?? "");
        return new CallOutcome(new Status(code, detail), FromHeaders(headers));
    }

    /// <summary>The protocol's table for answers of proxies and other servers that know nothing of gRPC.</summary>
    private static StatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway => StatusCode.Unavailable,
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
