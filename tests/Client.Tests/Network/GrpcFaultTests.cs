using System.Net.Sockets;
using System.Security.Authentication;
using GpuScheduler.Client.Calls;
using GpuScheduler.Common.Network;
using Grpc.Core;

namespace GpuScheduler.Client.Tests.Network;

/// <summary>Who is to be blamed for a failed call, by what gRPC's client makes of the connection's exceptions.</summary>
public sealed class GrpcFaultTests
{
    private const long Cancel = 8;

    public static TheoryData<StatusCode, Exception> OfTheConnection => new()
    {
        { StatusCode.Unavailable, new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)) },
        { StatusCode.Internal, new HttpRequestException(HttpRequestError.ProxyTunnelError, "407") },
        { StatusCode.Internal, new HttpRequestException("no TLS", new AuthenticationException("corrupted frame")) },
        { StatusCode.Internal, new IOException("ended", new HttpProtocolException(2, "no answer to a ping", null)) },
        // A scheduler that stops in the middle of an answer.
        { StatusCode.Cancelled, new IOException("reset", new HttpProtocolException(Cancel, "CANCEL", null)) },
        { StatusCode.Cancelled, new TaskCanceledException("connect", new TimeoutException()) },
    };

    /// <summary>By what gRPC's client says of them.</summary>
    public static TheoryData<StatusCode, string> OfOtherPrograms => new()
    {
        { StatusCode.Unimplemented, "Bad gRPC response. HTTP status code: 404" },
        { StatusCode.PermissionDenied, "Bad gRPC response. HTTP status code: 403" },
        { StatusCode.Cancelled, "Bad gRPC response. Invalid content-type value: text/plain" },
    };

    [Theory]
    [MemberData(nameof(OfOtherPrograms))]
    public void An_answer_that_is_not_gRPCs_is_no_schedulers(StatusCode code, string detail)
    {
        var failure = new RpcException(new Status(code, detail));

        Assert.True(GrpcFault.IsUnreachable(failure));
        Assert.Equal(69, RpcErrors.ExitCodeOf(failure));
        Assert.StartsWith(
            "what answers at http://lab:7070 is no scheduler's --listen address",
            GrpcFault.Describe(failure, new("http://lab:7070"), ProxyRoute.Straight), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfTheConnection), DisableDiscoveryEnumeration = true)]
    public void A_connection_that_fails_is_worth_another_try(StatusCode code, Exception cause)
    {
        var failure = new RpcException(new Status(code, "", cause));

        Assert.True(GrpcFault.IsUnreachable(failure));
        Assert.True(GrpcFault.IsTransient(failure));
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Unimplemented)]
    public void What_the_scheduler_says_is_its_answer(StatusCode code)
    {
        var failure = new RpcException(new Status(code, "said by the scheduler"));

        Assert.False(GrpcFault.IsUnreachable(failure));
        Assert.False(GrpcFault.IsTransient(failure));
    }

    [Fact]
    public void A_scheduler_that_asks_to_come_again_was_there()
    {
        var failure = new RpcException(new Status(StatusCode.Unavailable, "the scheduler is stopping"));

        Assert.False(GrpcFault.IsUnreachable(failure));
        Assert.True(GrpcFault.IsTransient(failure));
    }

    [Fact]
    public void A_caller_that_gave_up_is_not_tried_again() =>
        Assert.False(GrpcFault.IsTransient(new RpcException(new Status(StatusCode.Cancelled, "", new OperationCanceledException()))));
}
