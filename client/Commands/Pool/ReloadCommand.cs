using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Has the scheduler read its pool.yaml again.</summary>
internal sealed class ReloadCommand : ServerCommand
{
    private readonly Option<string?> output = OutputFlag.Create();

    public ReloadCommand()
        : base("reload", "have the scheduler read its pool.yaml again") => Add(output);

    public override string Usage => "[FLAGS]";

    public override string Notes => """
        All rules or none: if anything in the file is wrong, every fault is told and the
        rules in force stay (exit code 3). What runs goes on; what waits is lined up
        anew. The pool's name needs a restart; workers take over lease times when they
        reconnect. SIGHUP to the scheduler does the same.
        """;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var request = new ReloadPoolRequest { User = call.Context.UserName };
        var answer = await connection.CallAsync(options => connection.Pools.ReloadPoolAsync(request, options), cancellationToken);
        switch (OutputFlag.Read(call, output))
        {
            case OutputFormat.Json:
                call.Out.WriteLine(JsonText.Of(new ReloadJson(answer.File, [.. answer.Changed], [.. answer.Warnings])));
                break;
            case OutputFormat.Quiet:
                foreach (var section in answer.Changed) call.Out.WriteLine(section);
                break;
            default:
                Print(call, answer);
                break;
        }

        return ExitCode.Success;
    }

    private static void Print(Call call, ReloadPoolResponse answer)
    {
        call.Out.WriteLine(PlainText.OneLine(answer.Changed.Count == 0
            ? $"{answer.File}: nothing changed"
            : $"{answer.File}: in force now, changed: {string.Join(", ", answer.Changed)}"));
        foreach (var warning in answer.Warnings) call.Remark(warning);
    }
}
