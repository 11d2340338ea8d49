using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Undoes a drain.</summary>
internal sealed class ResumeCommand() : ServiceCommand("resume", "put machines or cards back into service")
{
    protected override async Task<ServicedTarget> ServeAsync(
        Call call, SchedulerConnection connection, string target, CancellationToken cancellationToken)
    {
        var request = new ResumeNodeRequest { Target = target, User = call.Context.UserName };
        var answer = await connection.CallAsync(options => connection.Pools.ResumeNodeAsync(request, options), cancellationToken);
        return new(answer.Node, answer.Devices);
    }
}
