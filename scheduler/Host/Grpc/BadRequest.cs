using GpuScheduler.Core.Model;
using Grpc.Core;

namespace GpuScheduler.Host.Grpc;

/// <summary>Errors that are the caller's to mend.</summary>
internal static class BadRequest
{
    /// <summary>INVALID_ARGUMENT with one line: <c>field: 'value': allowed</c>.</summary>
    public static RpcException Of(string field, string value, string allowed) => Of([new Fault(field, value, allowed)]);

    /// <summary>INVALID_ARGUMENT with one line a fault.</summary>
    public static RpcException Of(IEnumerable<Fault> faults) => Fail(StatusCode.InvalidArgument, string.Join('\n', faults));

    /// <summary>INVALID_ARGUMENT with a text that says what is wrong with what.</summary>
    public static RpcException Of(string text) => Fail(StatusCode.InvalidArgument, text);

    /// <summary>NOT_FOUND; the text names what was not found.</summary>
    public static RpcException NotFound(string text) => Fail(StatusCode.NotFound, text);

    /// <summary>FAILED_PRECONDITION: the call doesn't fit the state of things.</summary>
    public static RpcException NotNow(string text) => Fail(StatusCode.FailedPrecondition, text);

    /// <summary>RESOURCE_EXHAUSTED: others ask, too, and the pool has other work to do.</summary>
    public static RpcException TooMany(TimeSpan later) => Fail(
        StatusCode.ResourceExhausted,
        "others ask why their jobs wait: the scheduler answers one at a time and spends a tenth of its time on it; "
            + $"ask again in {Math.Max(1, Math.Ceiling(later.TotalSeconds)):0} s");

    private static RpcException Fail(StatusCode code, string text) => new(new Status(code, text));
}
