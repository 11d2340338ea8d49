using GpuScheduler.Client.Calls;
using Grpc.Core;

namespace GpuScheduler.Client.Parsing;

/// <summary>The one way in which a command ends with its reader, such as head: at once, quietly, and as a success.</summary>
internal static class ForReader
{
    public static async Task<int> RunAsync(ClientCommand command, Call call, CancellationToken cancellationToken)
    {
        if (!command.EndsWithItsReader) return await command.RunAsync(call, cancellationToken);
        var gone = call.Context.Console.OutClosed;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, gone);
        try
        {
            return await command.RunAsync(call, either.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled }
            && gone.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
    }
}
