using GpuScheduler.Common.Network;
using Grpc.Core;

namespace GpuScheduler.Client.Calls;

/// <summary>Turns what the wire reports into words and exit codes.</summary>
internal static class RpcErrors
{
    public static int ExitCodeOf(RpcException failure) => failure.StatusCode switch
    {
        _ when GrpcFault.IsUnreachable(failure) => ExitCode.Unreachable,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.AlreadyExists or StatusCode.OutOfRange =>
            ExitCode.Rejected,
        StatusCode.NotFound => ExitCode.NotFound,
        StatusCode.PermissionDenied or StatusCode.Unauthenticated => ExitCode.NotPermitted,
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
}
