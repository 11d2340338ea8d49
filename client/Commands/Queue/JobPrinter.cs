using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Writes a list of jobs in the form asked for.</summary>
internal static class JobPrinter
{
    public static PagePrinter<Job> Create(Call call, OutputFormat format) => new(call, format, new ListForm<Job>
    {
        Json = static jobs => JsonText.Of(new JobsJson([.. jobs.Select(JobJson.From)])),
        Names = static job => [job.Id],
        Table = call.CalledAs == "sacct" ? Accounting(call) : Queue(call),
        Empty = call.CalledAs == "sacct" ? null : JobTable.Empty,
    });

    private static Func<Page<Job>, IEnumerable<string>> Accounting(Call call)
    {
        var table = AccountingTable.Create(call.Context.Console.Width, call.Context.UseColor);
        return page => page.IsLast ? table.Finish(page.Entries) : table.Add(page.Entries);
    }

    private static Func<Page<Job>, IEnumerable<string>> Queue(Call call)
    {
        var (rows, now) = (new ArrayRows(), call.Context.Time.GetUtcNow());
        var table = JobTable.Create(now, call.Context.Console.Width, call.Context.UseColor, slurmHeader: call.CalledAs == "squeue");
        return page => table.Add(rows.Add(page.Entries, page.IsLast));
    }
}
