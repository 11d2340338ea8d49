using System.CommandLine;
using GpuScheduler.Client.Parsing;

namespace GpuScheduler.Client.Calls;

/// <summary>A verb that speaks to the scheduler.</summary>
internal abstract class ServerCommand : ClientCommand
{
    public const string ServerFlag = "--server";

    private readonly Option<string?> server = Flags.Text(ServerFlag, "URL", "the scheduler's address");

    protected ServerCommand(string name, string summary)
        : base(name, summary) => Add(server);

    public sealed override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var connection = new SchedulerConnection(call.Flags.GetValue(server), call.Context);
        return await RunAsync(call, connection, cancellationToken);
    }

    protected abstract Task<int> RunAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken);
}
