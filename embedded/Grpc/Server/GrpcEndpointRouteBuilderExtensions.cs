using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Binding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Serves each of the service's methods at "/package.Service/Method", with a service object per call.</summary>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider;
        var unimplemented = services.GetService<UnimplementedEndpoint>()
            ?? throw new InvalidOperationException("Call services.AddGrpc() before MapGrpcService.");
        var options = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TService).FullName ?? typeof(TService).Name);
        var binder = new ServiceMethodBinder<TService>(builder, options, logger);
        binder.BindAll();
        unimplemented.Map(builder, options, logger);
        return new GrpcServiceEndpointConventionBuilder(binder.Endpoints);
    }
}
