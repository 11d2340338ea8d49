using Grpc.AspNetCore.Server.Binding;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>One interceptor: taken from the container where it is registered there, else made for each call.</summary>
public class InterceptorRegistration
{
    private readonly object[] _arguments;
    private readonly ObjectFactory _factory;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        Type = type;
        _arguments = arguments;
        _factory = ActivatorUtilities.CreateFactory(type, Array.ConvertAll(arguments, argument => argument.GetType()));
    }

    public Type Type { get; }

    public IReadOnlyList<object> Arguments => _arguments;

    internal Interceptor Create(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        if (_arguments.Length == 0 && http.RequestServices.GetService(Type) is Interceptor registered)
            return registered;
        var created = (Interceptor)_factory(http.RequestServices, _arguments);
        http.DisposeAtEnd(created);
        return created;
    }
}
