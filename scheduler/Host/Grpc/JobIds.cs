using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using Grpc.Core;

namespace GpuScheduler.Host.Grpc;

/// <summary>Reads ids in requests.</summary>
internal static class JobIds
{
    public static JobId Parse(string field, string text) =>
        JobId.TryParse(text, out var id)
            ? id
            : throw BadRequest.Of(field, text, "a job number such as 12, or an array element such as 12_3");

    /// <summary>Many at once, within the bound for all calls.</summary>
    public static IReadOnlyList<JobId> Parse(string field, IReadOnlyCollection<string> texts) => texts.Count <= Limits.NamedJobs
        ? [.. texts.Select(text => Parse(field, text))]
        : throw BadRequest.Of(field, $"{texts.Count} ids", $"at most {Limits.NamedJobs} in one call");

    public static RpcException NotFound(JobId id) => BadRequest.NotFound("job", [$"{id}"], $"no such job: {id}");
}
