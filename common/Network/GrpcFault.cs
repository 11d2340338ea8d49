using Grpc.Core;

namespace GpuScheduler.Common.Network;

/// <summary>What a failed call means for the next one: whether there was a scheduler at all, and whether trying again can help.</summary>
internal static class GrpcFault
{
    /// <summary>The scheduler was not there, or it is there and says "try again".</summary>
    public static bool IsTransient(RpcException failure) => failure.StatusCode == StatusCode.Unavailable || IsUnreachable(failure);

    /// <summary>No scheduler was there to say no: the transport failed, not the call.</summary>
    public static bool IsUnreachable(RpcException failure) => CauseOf(failure) is { } cause && failure.StatusCode switch
    {
        StatusCode.Unavailable => true,
        StatusCode.Internal => IsSilence(cause),
        // A scheduler that stops in the middle of an answer resets the call.
        StatusCode.Cancelled => IsSilence(cause) || cause is TimeoutException || cause.InnerException is TimeoutException,
        _ => false,
    };

    /// <summary>What the transport threw; null: the scheduler itself answered.</summary>
    public static Exception? CauseOf(RpcException failure) => failure.Status.DebugException ?? failure.InnerException;

    /// <summary>
    /// A peer that answers no ping counts as a breach of HTTP/2's rules, and one that speaks another protocol, a proxy that refuses and
    /// a certificate that isn't trusted fail the request: gRPC calls them all internal errors.
    /// </summary>
    private static bool IsSilence(Exception cause) =>
        cause is HttpProtocolException or HttpRequestException || (cause.InnerException is { } inner && IsSilence(inner));
}
