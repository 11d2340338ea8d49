using System.Globalization;
using Grpc.Core;
using Grpc.Core.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>What a request must be before it counts as a call.</summary>
internal static class RequestCheck
{
    public static bool Accept(HttpContext http)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
            Refuse(http, StatusCodes.Status426UpgradeRequired, $"Request protocol '{http.Request.Protocol}' isn't HTTP/2.");
        else if (!WireNames.IsGrpcContentType(http.Request.ContentType))
            Refuse(
                http, StatusCodes.Status415UnsupportedMediaType,
                $"Content-Type '{http.Request.ContentType}' isn't {WireNames.ContentType}.");
        else
            return true;
        return false;
    }

    private static void Refuse(HttpContext http, int httpStatus, string detail)
    {
        http.Response.StatusCode = httpStatus;
        http.Response.Headers[WireNames.Status] = ((int)StatusCode.Internal).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers[WireNames.Message] = PercentEncoding.Encode(detail);
    }
}
