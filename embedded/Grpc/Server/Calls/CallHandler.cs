using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Serves the calls of one method: check, run the handler, turn however it ends into a status.</summary>
internal abstract class CallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, GrpcServiceOptions options, ILogger logger)
    where TRequest : class
    where TResponse : class
{
    public Method<TRequest, TResponse> Method => method;

    public async Task HandleAsync(HttpContext http)
    {
        if (!RequestCheck.Accept(http))
            return;
        var call = new HttpServerCallContext(http, method.FullName, options, logger);
        try
        {
            call.Start();
            await InvokeAsync(call);
        }
        catch (Exception ex)
        {
            call.Fail(ex);
        }

        await call.EndAsync();
    }

    protected abstract Task InvokeAsync(HttpServerCallContext call);

    protected async Task<TRequest> ReadSingleAsync(HttpServerCallContext call)
    {
        try
        {
            var message = await call.Messages.ReadAsync(method.RequestMarshaller, call.CancellationToken)
                ?? throw new RpcException(new Status(StatusCode.Internal, $"{method.FullName} takes one request; none was sent."));
            if (await call.Messages.ReadAsync(method.RequestMarshaller, call.CancellationToken) is not null)
                throw new RpcException(new Status(StatusCode.Internal, $"{method.FullName} takes one request; more were sent."));
            return message;
        }
        catch (Exception ex) when (call.LosesConnection(ex))
        {
            throw;
        }
    }

    /// <summary>The end of the call sends it: headers, message and trailers in one go.</summary>
    protected ValueTask WriteSingleAsync(HttpServerCallContext call, TResponse? response) => response is null
        ? throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."))
        : call.WriteAsync(method.ResponseMarshaller, response, flush: false, CancellationToken.None);

    protected ServerStreamReader<TRequest> Requests(HttpServerCallContext call) => new(call, method.RequestMarshaller);

    protected ServerStreamWriter<TResponse> Responses(HttpServerCallContext call) => new(call, method.ResponseMarshaller);
}
