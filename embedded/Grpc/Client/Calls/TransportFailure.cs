using System.Net.Sockets;
using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>What an exception of the HTTP stack means to a caller.</summary>
internal static class TransportFailure
{
    public static Status ToStatus(Exception ex)
    {
        for (Exception? cause = ex; cause is not null; cause = cause.InnerException)
        {
            if (cause is RpcException rpc)
                return rpc.Status;
            if (cause is HttpProtocolException reset)
                return new Status(FromErrorCode(reset.ErrorCode), $"The server reset the call: {reset.Message}", ex);
            if (cause is OperationCanceledException)
                return new Status(StatusCode.Cancelled, "The call was canceled.", ex);
        }

        return ex switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError } =>
                new Status(StatusCode.Internal, $"The server doesn't speak HTTP/2: {ex.Message}", ex),
            HttpRequestException or IOException or SocketException =>
                new Status(StatusCode.Unavailable, $"The server can't be reached, or the connection broke: {ex.Message}", ex),
            ObjectDisposedException => new Status(StatusCode.Unavailable, "The channel was disposed.", ex),
            _ => new Status(StatusCode.Internal, $"The call failed: {ex.Message}", ex),
        };
    }

    /// <summary>HTTP/2 error codes, as the protocol maps them.</summary>
    private static StatusCode FromErrorCode(long code) => code switch
    {
        0x7 => StatusCode.Unavailable, // REFUSED_STREAM: not processed, may be tried again
        0x8 => StatusCode.Cancelled, // CANCEL
        0xb => StatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        0xc => StatusCode.PermissionDenied, // INADEQUATE_SECURITY
        _ => StatusCode.Internal,
    };
}
