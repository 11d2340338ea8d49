using Grpc.Core.Wire;

namespace Grpc.AspNetCore.Server;

public class GrpcServiceOptions
{
    /// <summary>In bytes; null (default) for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>In bytes; 4 MiB by default, null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = WireNames.DefaultMaxReceiveMessageSize;

    /// <summary>Whether the text of unexpected exceptions goes to the caller. They may hold secrets, so: for development.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The first one added is the outermost.</summary>
    public InterceptorCollection Interceptors { get; } = [];
}
