using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Binding;

/// <summary>Gives each call its service object: the container's own where it is registered, else one made for this call.</summary>
internal static class ServiceActivator<TService>
    where TService : class
{
    private static readonly ObjectFactory<TService> Factory = ActivatorUtilities.CreateFactory<TService>([]);

    public static TService Create(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        if (http.RequestServices.GetService<TService>() is { } registered)
            return registered;
        var created = Factory(http.RequestServices, null);
        http.DisposeAtEnd(created);
        return created;
    }
}

internal static class HttpContextDisposal
{
    /// <summary>Disposes what was made for this call, once its response is done.</summary>
    public static void DisposeAtEnd(this HttpContext http, object created)
    {
        if (created is IAsyncDisposable asyncDisposable)
            http.Response.RegisterForDisposeAsync(asyncDisposable);
        else if (created is IDisposable disposable)
            http.Response.RegisterForDispose(disposable);
    }
}
