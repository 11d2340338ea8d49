using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Everything about one job, or about each element of an array.</summary>
internal sealed class ShowCommand : ServerCommand
{
    private readonly Option<string?> output = OutputFlag.Create();

    public ShowCommand()
        : base("show", "everything about one job, with its attempts") => Add(output);

    public override string Usage => "[FLAGS] ID";

    public override string WordName => "ID";

    public override int MaximumWords => 1;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var request = new GetJobRequest { Id = call.Words[0] };
        var jobs = (await connection.CallAsync(options => connection.Jobs.GetJobAsync(request, options), cancellationToken)).Jobs;
        if (OutputFlag.Read(call, output) is var format && format != OutputFormat.Table)
            JobPrinter.Print(call, jobs, format);
        else
            PrintDetails(call, jobs);

        return ExitCode.Success;
    }

    private static void PrintDetails(Call call, IReadOnlyList<Job> jobs)
    {
        var now = call.Context.Time.GetUtcNow();
        call.Out.WriteLine(string.Join("\n\n", jobs.Select(job => JobDetails.Text(job, now, call.Context.Console.Width))));
    }
}
