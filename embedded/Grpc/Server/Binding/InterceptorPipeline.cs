using Grpc.Core;

namespace Grpc.AspNetCore.Server.Binding;

/// <summary>Wraps a handler in the interceptors, once, when the service is mapped.</summary>
internal sealed class InterceptorPipeline(IEnumerable<InterceptorRegistration> interceptors)
{
    private readonly InterceptorRegistration[] _innermostFirst = [.. interceptors.Reverse()];

    public UnaryServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(UnaryServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        _innermostFirst.Aggregate(handler, (next, interceptor) => (request, context) =>
            interceptor.Create(context).UnaryServerHandler(request, context, next));

    public ClientStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        ClientStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        _innermostFirst.Aggregate(handler, (next, interceptor) => (requests, context) =>
            interceptor.Create(context).ClientStreamingServerHandler(requests, context, next));

    public ServerStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        ServerStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        _innermostFirst.Aggregate(handler, (next, interceptor) => (request, responses, context) =>
            interceptor.Create(context).ServerStreamingServerHandler(request, responses, context, next));

    public DuplexStreamingServerMethod<TRequest, TResponse> Wrap<TRequest, TResponse>(
        DuplexStreamingServerMethod<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        _innermostFirst.Aggregate(handler, (next, interceptor) => (requests, responses, context) =>
            interceptor.Create(context).DuplexStreamingServerHandler(requests, responses, context, next));
}
