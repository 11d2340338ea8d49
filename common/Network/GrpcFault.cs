using Grpc.Core;

namespace GpuScheduler.Common.Network;

/// <summary>What a failed call means for the next one: whether there was a scheduler at all, and whether trying again can help.</summary>
internal static class GrpcFault
{
    /// <summary>The scheduler was not there, or it is there and says "try again".</summary>
    public static bool IsTransient(RpcException failure) => failure.StatusCode == StatusCode.Unavailable || IsUnreachable(failure);

    /// <summary>No scheduler was there to say no: the transport failed, not the call, or something else answered.</summary>
    public static bool IsUnreachable(RpcException failure) => IsForeign(failure) || HasNoAnswer(failure);

    /// <summary>
    /// Why no scheduler could be reached, in words for people. An answer in HTTP's words alone comes from another program: a scheduler that
    /// knows no such call says so in gRPC's.
    /// </summary>
    /// <param name="failure">One that <see cref="IsUnreachable"/>.</param>
    /// <param name="server">Who was called.</param>
    /// <param name="route">Which way.</param>
    /// <param name="remedy">What follows where nothing listens.</param>
    public static string Describe(RpcException failure, Uri server, ProxyRoute route, string remedy = "") => IsForeign(failure)
        ? ConnectionFault.NoScheduler(server)
        : ConnectionFault.Describe(CauseOf(failure), server, route) ?? ConnectionFault.Otherwise(CauseOf(failure), server, remedy);

    /// <summary>gRPC's client made a status of an answer that is none, whichever code it took for it.</summary>
    private static bool IsForeign(RpcException failure) =>
        failure.Status.Detail.StartsWith("Bad gRPC response.", StringComparison.Ordinal);

    private static bool HasNoAnswer(RpcException failure) => CauseOf(failure) is { } cause && failure.StatusCode switch
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
