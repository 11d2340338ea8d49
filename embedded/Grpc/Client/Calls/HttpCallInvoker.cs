using System.Diagnostics.CodeAnalysis;
using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Starts calls on a channel.</summary>
internal sealed class HttpCallInvoker(GrpcChannel channel) : CallInvoker
{
    [SuppressMessage(
        "Usage", "VSTHRD002", Justification = "The blocking call is the caller's choice; nothing here needs the caller's thread.")]
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        AsyncUnaryCall(method, host, options, request).GetAwaiter().GetResult();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new HttpCall<TRequest, TResponse>(channel, method, host, options);
        call.Start(request);
        return new AsyncUnaryCall<TResponse>(call.ReadSingleAsync(), Headers, GetStatus, GetTrailers, Dispose, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new HttpCall<TRequest, TResponse>(channel, method, host, options);
        call.Start(request);
        var reader = new ClientStreamReader<TRequest, TResponse>(call);
        return new AsyncServerStreamingCall<TResponse>(reader, Headers, GetStatus, GetTrailers, Dispose, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new HttpCall<TRequest, TResponse>(channel, method, host, options);
        var writer = call.Start();
        var response = call.ReadSingleAsync();
        writer.AnswerComes(response);
        return new AsyncClientStreamingCall<TRequest, TResponse>(writer, response, Headers, GetStatus, GetTrailers, Dispose, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new HttpCall<TRequest, TResponse>(channel, method, host, options);
        var writer = call.Start();
        var reader = new ClientStreamReader<TRequest, TResponse>(call);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(writer, reader, Headers, GetStatus, GetTrailers, Dispose, call);
    }

    private static Task<Metadata> Headers(object call) => ((HttpCall)call).GetHeadersAsync();

    private static Status GetStatus(object call) => ((HttpCall)call).Ended.Status;

    private static Metadata GetTrailers(object call) => ((HttpCall)call).Ended.Trailers;

    private static void Dispose(object call) => ((HttpCall)call).Cancel(new Status(StatusCode.Cancelled, "gRPC call disposed."));
}
