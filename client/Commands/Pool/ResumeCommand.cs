using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Undoes a drain.</summary>
internal sealed class ResumeCommand() : ServerCommand("resume", "put it back into service")
{
    public override string Usage => "[FLAGS] NODE[/GPU-UUID]";

    public override string WordName => "NODE";

    public override int MaximumWords => 1;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var request = new ResumeNodeRequest { Target = call.Words[0], User = call.Context.UserName };
        var node = (await connection.CallAsync(options => connection.Pools.ResumeNodeAsync(request, options), cancellationToken)).Node;
        call.Out.WriteLine($"{request.Target}: {EnumNames.Of(node.State)}");
        return ExitCode.Success;
    }
}
