using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Common.Text;
using Grpc.Core;

namespace GpuScheduler.Client.Commands;

/// <summary>Takes machines or cards out of service, or puts them back; each target gets an answer of its own.</summary>
internal abstract class ServiceCommand(string name, string summary) : ServerCommand(name, summary)
{
    public override string Usage => "[FLAGS] NODE[/CARD]…";

    public override string WordName => "NODE";

    public override string Notes => """
        CARD: its number in 'gpusched gpus' (lab/1 or lab/gpu1), its UUID, or the
        beginning of its UUID (lab/GPU-4fa2). A number means a card with all of its
        MIG parts.
        """;

    /// <summary>Makes the call for one target.</summary>
    protected abstract Task<ServicedTarget> ServeAsync(
        Call call, SchedulerConnection connection, string target, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var exitCode = ExitCode.Success;
        foreach (var target in call.Words)
        {
            try
            {
                var served = await ServeAsync(call, connection, target, cancellationToken);
                foreach (var line in ServiceText.Lines(served, target)) call.Out.WriteLine(PlainText.OneLine(line));
            }
            catch (RpcException failure) when (RpcErrors.ExitCodeOf(failure) is ExitCode.NotFound or ExitCode.Rejected)
            {
                foreach (var line in RpcErrors.Describe(failure).Split('\n')) call.Remark(line);
                exitCode = RpcErrors.ExitCodeOf(failure);
            }
        }

        return exitCode;
    }
}
