using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Writes a list of jobs in the form asked for.</summary>
internal static class JobPrinter
{
    public static void Print(Call call, IReadOnlyList<Job> jobs, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                call.Out.WriteLine(JsonText.Of(new JobsJson([.. jobs.Select(JobJson.From)])));
                break;
            case OutputFormat.Quiet:
                Write(call, jobs.Select(job => job.Id));
                break;
            case OutputFormat.Table:
                Write(call, jobs.Count == 0 && call.CalledAs != "sacct" ? [JobTable.Empty] : Table(call, jobs));
                break;
        }
    }

    private static IEnumerable<string> Table(Call call, IReadOnlyList<Job> jobs)
    {
        var (width, color) = (call.Context.Console.Width, call.Context.UseColor);
        return call.CalledAs == "sacct"
            ? AccountingTable.Lines(jobs, width, color)
            : JobTable.Lines(jobs, call.Context.Time.GetUtcNow(), width, color, slurmHeader: call.CalledAs == "squeue");
    }

    private static void Write(Call call, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            call.Out.WriteLine(line);
    }
}
