using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Starts jobs over as a new attempt, from their last checkpoint where there is one.</summary>
internal sealed class RequeueCommand() : ChangeJobsCommand("requeue", "put jobs back into the queue, resuming from their checkpoint")
{
    protected override string Past => "requeued";

    protected override async Task<ChangedJobs> ChangeAsync(
        Call call, SchedulerConnection connection, IReadOnlyList<string> ids, JobFilter? filter, CancellationToken cancellationToken)
    {
        var request = new RequeueJobsRequest { Ids = { ids }, User = call.Context.UserName, Filter = filter };
        var answer = await connection.CallAsync(options => connection.Jobs.RequeueJobsAsync(request, options), cancellationToken);
        return new(answer.Outcomes, answer.ChangedLeftOut, answer.UnchangedLeftOut);
    }
}
