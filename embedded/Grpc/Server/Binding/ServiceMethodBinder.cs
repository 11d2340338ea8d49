using System.Reflection;
using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Binding;

/// <summary>
/// Asks the generated code for a service's methods and maps an endpoint for each. Reflection ends here: a call runs through
/// delegates made once.
/// </summary>
internal sealed class ServiceMethodBinder<TService>(IEndpointRouteBuilder builder, GrpcServiceOptions options, ILogger logger)
    : ServiceBinderBase
    where TService : class
{
    private readonly List<IEndpointConventionBuilder> _endpoints = [];
    private readonly InterceptorPipeline _pipeline = new(options.Interceptors);

    public IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    public void BindAll()
    {
        var attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService)} doesn't derive from a generated gRPC service base.");
        var bind = attribute.BindType.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .FirstOrDefault(method => method.Name == attribute.BindMethodName && TakesBinder(method))
            ?? throw new InvalidOperationException($"{attribute.BindType} has no {attribute.BindMethodName}(ServiceBinderBase, service).");
        bind.Invoke(null, [this, null]);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Find<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method);
        var wrapped = _pipeline.Wrap<TRequest, TResponse>(
            (request, context) => invoke(ServiceActivator<TService>.Create(context), request, context));
        Map(new UnaryHandler<TRequest, TResponse>(method, wrapped, options, logger));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Find<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(method);
        var wrapped = _pipeline.Wrap<TRequest, TResponse>(
            (IAsyncStreamReader<TRequest> requests, ServerCallContext context) =>
                invoke(ServiceActivator<TService>.Create(context), requests, context));
        Map(new ClientStreamingHandler<TRequest, TResponse>(method, wrapped, options, logger));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Find<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method);
        var wrapped = _pipeline.Wrap<TRequest, TResponse>(
            (TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context) =>
                invoke(ServiceActivator<TService>.Create(context), request, responses, context));
        Map(new ServerStreamingHandler<TRequest, TResponse>(method, wrapped, options, logger));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Find<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method);
        var wrapped = _pipeline.Wrap<TRequest, TResponse>(
            (IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context) =>
                invoke(ServiceActivator<TService>.Create(context), requests, responses, context));
        Map(new DuplexHandler<TRequest, TResponse>(method, wrapped, options, logger));
    }

    private static bool TakesBinder(MethodInfo method) =>
        method.GetParameters() is [var binder, var service]
        && binder.ParameterType == typeof(ServiceBinderBase)
        && service.ParameterType.IsAssignableFrom(typeof(TService));

    /// <summary>The service's method of that name with the delegate's parameters (the first is the service itself).</summary>
    private static TDelegate Find<TDelegate>(IMethod method)
        where TDelegate : Delegate
    {
        var parameters = typeof(TDelegate).GetGenericArguments()[1..^1];
        var found = typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService)} has no method for {method.FullName}.");
        return found.CreateDelegate<TDelegate>();
    }

    private void Map<TRequest, TResponse>(CallHandler<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class =>
        _endpoints.Add(builder.MapPost(handler.Method.FullName, handler.HandleAsync).WithDisplayName($"gRPC - {handler.Method.FullName}"));
}
