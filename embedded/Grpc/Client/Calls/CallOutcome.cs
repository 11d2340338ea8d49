using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>How a call ended.</summary>
internal sealed record CallOutcome(Status Status, Metadata Trailers)
{
    public bool IsOk => Status.StatusCode == StatusCode.OK;

    public static CallOutcome Of(Status status) => new(status, Metadata.Empty);

    public static CallOutcome Of(StatusCode code, string detail) => Of(new Status(code, detail));

    public RpcException ToException() => new(Status, Trailers);
}
