using Google.Protobuf;
using GpuScheduler.Core.Storage;
using GpuScheduler.Host.Workers;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace GpuScheduler.Host.Grpc;

/// <summary>The one place where exceptions become statuses. Texts of unexpected ones stay in the log: they may hold secrets.</summary>
public sealed partial class ErrorInterceptor(StreamLifetime lifetime, ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw Translate(failure, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw Translate(failure, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception failure) when (failure is not RpcException)
        {
            throw Translate(failure, context);
        }
    }

    private RpcException Translate(Exception failure, ServerCallContext context)
    {
        if (context.CancellationToken.IsCancellationRequested) return Fail(StatusCode.Cancelled, "the call was cancelled");
        if (lifetime.IsStopping) return StreamLifetime.Stopping;
        switch (failure)
        {
            case StoreFullException or StoreUnavailableException:
                LogStoreFailed(failure, context.Method);
                return Fail(StatusCode.Unavailable, failure.Message);
            case SiloUnavailableException or TimeoutException:
                LogNotAnswered(failure, context.Method);
                return Fail(StatusCode.Unavailable, "the pool did not answer in time; try again");
            // What can't be parsed is an IOException to Protobuf; requests are read before this, so it is something of our own.
            case IOException and not InvalidProtocolBufferException or OperationCanceledException:
                return Fail(StatusCode.Cancelled, "the connection broke");
            default:
                LogFailed(failure, context.Method);
                return Fail(StatusCode.Internal, "internal error; the scheduler's log says more");
        }
    }

    private static RpcException Fail(StatusCode code, string text) => new(new Status(code, text));

    [LoggerMessage(2001, LogLevel.Error, "{Method} failed")]
    private partial void LogFailed(Exception failure, string method);

    [LoggerMessage(2002, LogLevel.Warning, "{Method}: the store can't be used now")]
    private partial void LogStoreFailed(Exception failure, string method);

    [LoggerMessage(2003, LogLevel.Warning, "{Method}: the pool did not answer")]
    private partial void LogNotAnswered(Exception failure, string method);
}
