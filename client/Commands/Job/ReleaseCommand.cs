using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Ends a hold, the user's own or the one after too many failures.</summary>
internal sealed class ReleaseCommand() : ChangeJobsCommand("release", "let held jobs start again")
{
    protected override string Past => "released";

    protected override async Task<IReadOnlyList<JobOutcome>> ChangeAsync(
        Call call, SchedulerConnection connection, IReadOnlyList<string> ids, string user, CancellationToken cancellationToken)
    {
        var request = new ReleaseJobsRequest { Ids = { ids }, User = user };
        return (await connection.CallAsync(options => connection.Jobs.ReleaseJobsAsync(request, options), cancellationToken)).Outcomes;
    }
}
