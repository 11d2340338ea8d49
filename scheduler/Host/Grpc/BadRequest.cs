using GpuScheduler.Core.Model;
using Grpc.Core;

namespace GpuScheduler.Host.Grpc;

/// <summary>Errors that are the caller's to mend, each with a text for people and details for programs.</summary>
internal static class BadRequest
{
    /// <summary>INVALID_ARGUMENT with one line: <c>field: 'value': allowed</c>.</summary>
    public static RpcException Of(string field, string value, string allowed) => Of([new Fault(field, value, allowed)]);

    /// <summary>INVALID_ARGUMENT with one line and one violation a fault.</summary>
    public static RpcException Of(IReadOnlyCollection<Fault> faults) => Of(faults, string.Join('\n', faults));

    /// <summary>INVALID_ARGUMENT with a text that says more than the faults do.</summary>
    /// <param name="faults">One violation each.</param>
    /// <param name="text">For people.</param>
    /// <param name="absent">Jobs that were named rightly and aren't there; null: none.</param>
    public static RpcException Of(IEnumerable<Fault> faults, string text, IEnumerable<string>? absent = null) =>
        StatusDetails.Fail(
            StatusCode.InvalidArgument, text,
            [StatusDetails.Violations(faults), .. (absent ?? []).Select(id => StatusDetails.Missing("job", id))]);

    /// <summary>NOT_FOUND; the text names what was not found.</summary>
    /// <param name="kind">Of thing, such as "job".</param>
    /// <param name="names">Of what isn't there.</param>
    /// <param name="text">For people.</param>
    public static RpcException NotFound(string kind, IEnumerable<string> names, string text) =>
        StatusDetails.Fail(StatusCode.NotFound, text, names.Select(name => StatusDetails.Missing(kind, name)));

    /// <summary>FAILED_PRECONDITION: the call doesn't fit the state of things.</summary>
    public static RpcException NotNow(string text) => new(new Status(StatusCode.FailedPrecondition, text));

    /// <summary>RESOURCE_EXHAUSTED: others ask, too, and the pool has other work to do.</summary>
    public static RpcException TooMany(TimeSpan later)
    {
        var seconds = Math.Max(1, Math.Ceiling(later.TotalSeconds));
        return StatusDetails.Fail(
            StatusCode.ResourceExhausted,
            "others ask why their jobs wait: the scheduler answers one at a time and spends a tenth of its time on it; "
                + $"ask again in {seconds:0} s",
            StatusDetails.RetryIn(TimeSpan.FromSeconds(seconds)));
    }
}
