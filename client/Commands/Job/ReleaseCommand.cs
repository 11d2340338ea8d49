using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Ends a hold, the user's own or the one after too many failures.</summary>
internal sealed class ReleaseCommand() : ChangeJobsCommand("release", "let held jobs start again")
{
    protected override string Past => "released";

    protected override async Task<ChangedJobs> ChangeAsync(
        Call call, SchedulerConnection connection, IReadOnlyList<string> ids, JobFilter? filter, CancellationToken cancellationToken)
    {
        var request = new ReleaseJobsRequest { Ids = { ids }, User = call.Context.UserName, Filter = filter };
        var answer = await connection.CallAsync(options => connection.Jobs.ReleaseJobsAsync(request, options), cancellationToken);
        return new(answer.Outcomes, answer.ChangedLeftOut, answer.UnchangedLeftOut);
    }
}
