using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Model;
using Grpc.Core;
using Rpc = Google.Rpc;

namespace GpuScheduler.Host.Grpc;

/// <summary>
/// What programs read of an error, beside the text for people: a google.rpc.Status in the trailers, as gRPC libraries of all languages
/// know it. A batch may have thousands of faults, and clients refuse long trailers, with the text in them: so there are as many
/// details as a few KiB hold.
/// </summary>
internal static class StatusDetails
{
    private const int MostBytes = 3 * 1024;
    private const int LongestText = 2_000;

    public static RpcException Fail(StatusCode code, string text, params IEnumerable<IMessage> details)
    {
        var status = new Rpc.Status { Code = (int)code, Message = FirstLines(text), Details = { Some(details.Select(Any.Pack)) } };
        var trailers = new Metadata();
        trailers.SetRpcStatus(status);
        return new RpcException(new Status(code, text), trailers);
    }

    /// <summary>One violation a fault.</summary>
    public static Rpc.BadRequest Violations(IEnumerable<Fault> faults) => new()
    {
        FieldViolations =
        {
            Some(faults.Select(fault => new Rpc.BadRequest.Types.FieldViolation
            {
                Field = fault.Field, Description = $"'{fault.Value}': {fault.Allowed}",
            })),
        },
    };

    /// <summary>A thing that isn't there.</summary>
    public static Rpc.ResourceInfo Missing(string kind, string name) => new() { ResourceType = kind, ResourceName = name };

    public static Rpc.RetryInfo RetryIn(TimeSpan delay) => new() { RetryDelay = Duration.FromTimeSpan(delay) };

    /// <summary>The first in any case.</summary>
    private static IEnumerable<T> Some<T>(IEnumerable<T> messages)
        where T : IMessage
    {
        var size = 0;
        foreach (var message in messages)
        {
            if (size > 0 && size + message.CalculateSize() > MostBytes) yield break;
            size += message.CalculateSize();
            yield return message;
        }
    }

    private static string FirstLines(string text) =>
        text.Length > LongestText && text.LastIndexOf('\n', LongestText) is > 0 and var end ? text[..end] : text;
}
