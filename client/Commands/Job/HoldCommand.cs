using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Keeps jobs where they are until they are released.</summary>
internal sealed class HoldCommand() : ChangeJobsCommand("hold", "keep waiting jobs from starting")
{
    protected override string Past => "held";

    protected override async Task<ChangedJobs> ChangeAsync(
        Call call, SchedulerConnection connection, IReadOnlyList<string> ids, JobFilter? filter, CancellationToken cancellationToken)
    {
        var request = new HoldJobsRequest { Ids = { ids }, User = call.Context.UserName, Filter = filter };
        var answer = await connection.CallAsync(options => connection.Jobs.HoldJobsAsync(request, options), cancellationToken);
        return new(answer.Outcomes, answer.ChangedLeftOut, answer.UnchangedLeftOut);
    }
}
