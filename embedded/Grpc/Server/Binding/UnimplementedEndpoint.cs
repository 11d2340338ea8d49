using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Grpc.Core.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Binding;

/// <summary>Answers gRPC calls of unknown services and methods with UNIMPLEMENTED, once per application; other requests pass by.</summary>
internal sealed class UnimplementedEndpoint
{
    private bool _mapped;

    public void Map(IEndpointRouteBuilder builder, GrpcServiceOptions options, ILogger logger)
    {
        if (_mapped)
            return;
        _mapped = true;
        builder.MapPost($"{{grpcService}}/{{grpcMethod:{GrpcRequestConstraint.Name}}}", http => AnswerAsync(http, options, logger))
            .WithDisplayName("gRPC - unimplemented method");
    }

    private static Task AnswerAsync(HttpContext http, GrpcServiceOptions options, ILogger logger)
    {
        if (!RequestCheck.Accept(http))
            return Task.CompletedTask;
        var call = new HttpServerCallContext(http, http.Request.Path, options, logger)
        {
            Status = new Status(StatusCode.Unimplemented, $"No method {http.Request.Path} here."),
        };
        return call.EndAsync();
    }
}

/// <summary>Route constraint: the request calls itself gRPC.</summary>
internal sealed class GrpcRequestConstraint : IRouteConstraint
{
    public const string Name = "grpcrequest";

    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is not null && WireNames.IsGrpcContentType(httpContext.Request.ContentType);
}
