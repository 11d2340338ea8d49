using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Stops jobs for good; running ones get their grace.</summary>
internal sealed class CancelCommand : ChangeJobsCommand
{
    private readonly Option<string?> reason = Flags.Text("--reason", "TEXT", "kept with the job");

    public CancelCommand()
        : base("cancel", "stop jobs, waiting or running") => Add(reason);

    protected override string Past => "cancelled";

    protected override async Task<ChangedJobs> ChangeAsync(
        Call call, SchedulerConnection connection, IReadOnlyList<string> ids, JobFilter? filter, CancellationToken cancellationToken)
    {
        var request = new CancelJobsRequest
        {
            Ids = { ids }, User = call.Context.UserName, Filter = filter, Reason = call.Flags.GetValue(reason) ?? "",
        };
        var answer = await connection.CallAsync(options => connection.Jobs.CancelJobsAsync(request, options), cancellationToken);
        return new(answer.Outcomes, answer.ChangedLeftOut, answer.UnchangedLeftOut);
    }
}
