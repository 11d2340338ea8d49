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

    public static RpcException NotFound(JobId id) => BadRequest.NotFound($"no such job: {id}");
}
