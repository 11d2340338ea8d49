using GpuScheduler.Client.Parsing;

namespace GpuScheduler.Client.Commands.Demo;

internal sealed class DemoCommand() : ClientCommand("demo", "watch a small pool of mixed cards lose a machine and no work")
{
    public override string Usage => "[FLAGS]";

    public override Task<int> RunAsync(Call call, CancellationToken cancellationToken) => Task.FromResult(1);
}
