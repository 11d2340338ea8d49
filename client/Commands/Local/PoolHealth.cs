using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Commands;

/// <summary>Waits until what was started answers, and says what its log says when it doesn't.</summary>
internal sealed class PoolHealth(ClientContext context, SchedulerConnection connection)
{
    private const int LogLines = 8;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Task WaitForSchedulerAsync(BackgroundProcess scheduler, CancellationToken cancellationToken) =>
        WaitAsync(static _ => true, () => [scheduler], cancellationToken);

    public Task WaitForNodesAsync(IReadOnlyList<(string Node, BackgroundProcess Worker)> workers, CancellationToken cancellationToken) =>
        WaitAsync(
            pool => workers.All(worker => IsThere(pool, worker.Node)), () => workers.Select(worker => worker.Worker), cancellationToken);

    /// <summary>The pool, or null while no scheduler answers.</summary>
    public async Task<Pool?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deadline = context.Time.GetUtcNow().AddSeconds(2).UtcDateTime;
            return (await connection.Pools.GetPoolAsync(new GetPoolRequest(), deadline: deadline, cancellationToken: cancellationToken))
                .Pool;
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return null;
        }
    }

    private static bool IsThere(Pool pool, string node) =>
        pool.Nodes.Any(known => known.Name == node && known.State is not (NodeState.Unknown or NodeState.Down or NodeState.Unspecified));

    private async Task WaitAsync(Func<Pool, bool> isReady, Func<IEnumerable<BackgroundProcess>> needed, CancellationToken cancellationToken)
    {
        var deadline = context.Time.GetUtcNow() + Patience;
        while (await TryReadAsync(cancellationToken) is not { } pool || !isReady(pool))
        {
            if (needed().FirstOrDefault(process => process.Running is null) is { } ended)
                throw Failed($"{ended.Name} ended right after its start", ended);

            if (context.Time.GetUtcNow() > deadline)
                throw Failed(
                    $"{needed().First().Name} did not answer at {connection.Address} within {Patience.TotalSeconds} s", needed().First());

            await Task.Delay(Poll, context.Time, cancellationToken);
        }
    }

    private static CommandException Failed(string what, BackgroundProcess process) =>
        new(ExitCode.Failure, $"{what}; its log ({process.LogFile}) ends with:\n{process.LastLines(LogLines)}");
}
