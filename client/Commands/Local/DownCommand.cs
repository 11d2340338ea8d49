using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Client.Processes;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Stops what 'up' started. Running attempts go on under their supervisors and are found again by the next 'up'.</summary>
internal sealed class DownCommand : ClientCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Option<string?> data = Flags.Text("--data", "DIR", "as given to 'up'");
    private readonly Option<bool> stopJobs = Flags.Switch("--stop-jobs", "cancel what runs on this machine first");

    public DownCommand()
        : base("down", "stop what 'up' started; running jobs go on")
    {
        Add(data);
        Add(stopJobs);
    }

    public override string Usage => "[FLAGS]";

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var pool = new LocalPool(call.Flags.GetValue(data), call.Context);
        BackgroundProcess[] running = [.. pool.Workers.Append(pool.Scheduler).Where(process => process.Running is not null)];
        if (running.Length == 0)
        {
            call.Out.WriteLine($"nothing runs that 'gpusched up' started in {pool.Directory}");
            return ExitCode.Success;
        }

        if (call.Flags.GetValue(stopJobs) && pool.Notes is var (address, nodes))
            await StopJobsAsync(call, address, nodes, cancellationToken);

        foreach (var process in running)
        {
            if (await process.StopAsync(Patience, cancellationToken))
                call.Out.WriteLine($"{process.Name} stopped");
        }

        if (!call.Flags.GetValue(stopJobs))
            call.Out.WriteLine("jobs that ran go on; 'gpusched up' takes them over again");

        return ExitCode.Success;
    }

    private static async Task StopJobsAsync(Call call, string address, IReadOnlyList<string> nodes, CancellationToken cancellationToken)
    {
        using var connection = new SchedulerConnection(address, call.Context);
        var here = new List<string>();
        await foreach (var page in Pages.JobsAsync(connection, new ListJobsRequest { Limit = 1_000_000 }, cancellationToken))
            here.AddRange(
                page.Entries.Where(job => nodes.Contains(job.Node) && JobStates.HoldsDevices(job.State)).Select(job => job.Id));

        if (here.Count == 0)
            return;

        var request = new CancelJobsRequest { Ids = { here }, User = call.Context.UserName, Reason = "gpusched down --stop-jobs" };
        await connection.CallAsync(options => connection.Jobs.CancelJobsAsync(request, options), cancellationToken);
        await new JobWaiter(call, connection).WaitAsync(here, null, cancellationToken);
        call.Out.WriteLine($"{here.Count} jobs cancelled");
    }
}
