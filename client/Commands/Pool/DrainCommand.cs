using System.CommandLine;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Output;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace GpuScheduler.Client.Commands;

/// <summary>Takes a machine or one card out of service without losing work.</summary>
internal sealed class DrainCommand : ServerCommand
{
    private readonly Option<string?> reason = Flags.Text("--reason", "TEXT", "shown by 'nodes'");
    private readonly Option<TimeSpan?> deadline = Flags.Duration(
        "--deadline", "save and stop what still runs then (default: let it finish)");

    public DrainCommand()
        : base("drain", "take a machine or one card out of service")
    {
        Add(reason);
        Add(deadline);
    }

    public override string Usage => "[FLAGS] NODE[/GPU-UUID]";

    public override string WordName => "NODE";

    public override int MaximumWords => 1;

    protected override async Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var request = new DrainNodeRequest
        {
            Target = call.Words[0], Reason = call.Flags.GetValue(reason) ?? "", User = call.Context.UserName,
        };
        if (call.Flags.GetValue(deadline) is { } limit)
            request.Deadline = Duration.FromTimeSpan(limit);

        var node = (await connection.CallAsync(options => connection.Pools.DrainNodeAsync(request, options), cancellationToken)).Node;
        call.Out.WriteLine($"{request.Target}: {EnumNames.Of(node.State)}, {node.Jobs.Count} jobs still there");
        return ExitCode.Success;
    }
}
