using Grpc.Core;

namespace GpuScheduler.Client.Calls;

/// <summary>Turns what the wire reports into words and exit codes.</summary>
internal static class RpcErrors
{
    public static int ExitCodeOf(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.AlreadyExists or StatusCode.OutOfRange =>
            ExitCode.Rejected,
        StatusCode.NotFound => ExitCode.NotFound,
        StatusCode.PermissionDenied or StatusCode.Unauthenticated => ExitCode.NotPermitted,
        _ when IsUnreachable(failure) => ExitCode.Unreachable,
        StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Aborted => ExitCode.TryAgain,
        StatusCode.DeadlineExceeded => ExitCode.Timeout,
        _ => ExitCode.Failure,
    };

    public static string Describe(RpcException failure) => failure.StatusCode switch
    {
        StatusCode.Unimplemented => $"the scheduler is too old for this command: {failure.Status.Detail}",
        StatusCode.DeadlineExceeded => "the scheduler did not answer in time; try again, or look into its log",
        StatusCode.Internal or StatusCode.Unknown => $"the scheduler failed: {failure.Status.Detail}",
        _ => failure.Status.Detail,
    };

    /// <summary>No scheduler was there to say no: the transport failed, not the call.</summary>
    public static bool IsUnreachable(RpcException failure) => CauseOf(failure) is { } cause && failure.StatusCode switch
    {
        StatusCode.Unavailable => true,
        StatusCode.Internal => IsSilence(cause),
        StatusCode.Cancelled => cause is TimeoutException || cause.InnerException is TimeoutException,
        _ => false,
    };

    /// <summary>What the transport threw; null: the scheduler itself answered.</summary>
    public static Exception? CauseOf(RpcException failure) => failure.Status.DebugException ?? failure.InnerException;

    /// <summary>A peer that answers no ping counts as a breach of HTTP/2's rules, and one that speaks another protocol as well: gRPC
    /// calls both an internal error.</summary>
    private static bool IsSilence(Exception cause) =>
        cause is HttpProtocolException or HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError }
        || (cause.InnerException is { } inner && IsSilence(inner));
}
