using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Processes;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Network;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Commands;

/// <summary>Waits until what was started answers, and says what its log says when it doesn't.</summary>
internal sealed class PoolHealth(ClientContext context)
{
    private const int LogLines = 8;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>For what a failed start must end.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    /// <summary>Until the scheduler of this very folder says where it listens; another program that answers there doesn't count.</summary>
    public async Task<string> WaitForAddressAsync(LocalPool pool, string wanted, CancellationToken cancellationToken)
    {
        var deadline = context.Time.GetUtcNow() + Patience;
        while (true)
        {
            var isRunning = pool.Scheduler.Running is not null;
            if (isRunning && pool.SchedulerAddress is { } address) return address;
            if (!isRunning) throw NotListening(pool.Scheduler, wanted);
            if (context.Time.GetUtcNow() > deadline)
                throw Failed($"scheduler did not listen within {Patience.TotalSeconds} s", pool.Scheduler);
            await Task.Delay(Poll, context.Time, cancellationToken);
        }
    }

    public Task WaitForSchedulerAsync(
        SchedulerConnection connection, BackgroundProcess scheduler, CancellationToken cancellationToken) =>
        WaitAsync(connection, static _ => true, () => [scheduler], cancellationToken);

    public Task WaitForNodesAsync(
        SchedulerConnection connection, IReadOnlyList<(string Node, BackgroundProcess Worker)> workers,
        CancellationToken cancellationToken) =>
        WaitAsync(
            connection, pool => workers.All(worker => IsThere(pool, worker.Node)), () => workers.Select(worker => worker.Worker),
            cancellationToken);

    /// <summary>The pool, or null while no scheduler answers.</summary>
    public async Task<Pool?> TryReadAsync(SchedulerConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var deadline = context.Time.GetUtcNow().AddSeconds(2).UtcDateTime;
            return (await connection.Pools.GetPoolAsync(new GetPoolRequest(), deadline: deadline, cancellationToken: cancellationToken))
                .Pool;
        }
        catch (RpcException failure) when (GrpcFault.IsTransient(failure) || failure.StatusCode == StatusCode.DeadlineExceeded)
        {
            return null;
        }
    }

    private static bool IsThere(Pool pool, string node) =>
        pool.Nodes.Any(known => known.Name == node && known.State is not (NodeState.Unknown or NodeState.Down or NodeState.Unspecified));

    private async Task WaitAsync(
        SchedulerConnection connection, Func<Pool, bool> isReady, Func<IEnumerable<BackgroundProcess>> needed,
        CancellationToken cancellationToken)
    {
        var deadline = context.Time.GetUtcNow() + Patience;
        while (await TryReadAsync(connection, cancellationToken) is not { } pool || !isReady(pool))
        {
            if (needed().FirstOrDefault(process => process.Running is null) is { } ended)
                throw Failed($"{ended.Name} ended right after its start", ended);

            if (context.Time.GetUtcNow() > deadline)
                throw Failed(
                    $"{needed().First().Name} did not answer at {connection.Address} within {Patience.TotalSeconds} s", needed().First());

            await Task.Delay(Poll, context.Time, cancellationToken);
        }
    }

    private static CommandException NotListening(BackgroundProcess scheduler, string wanted)
    {
        var listen = SchedulerConnection.ToListen(wanted);
        var isTaken = scheduler.LastLines(LogLines).Contains("a port that is free", StringComparison.Ordinal);
        if (!isTaken) return Failed("scheduler ended right after its start", scheduler);
        var owner = int.TryParse(listen[(listen.LastIndexOf(':') + 1)..], out var port) ? PortOwner.Of(port) : null;
        return new(
            ExitCode.Failure,
            $"the scheduler could not listen at {wanted}: the port is used by {owner ?? "another process"}. Choose another one with "
                + "--listen http://127.0.0.1:PORT, or use that scheduler with --server");
    }

    private static CommandException Failed(string what, BackgroundProcess process)
    {
        var said = process.LastLines(LogLines);
        return new(
            ExitCode.Failure,
            said.Length > 0
                ? $"{what}; its log ({process.LogFile}) ends with:\n{said}"
                : $"{what}; it wrote nothing to its log ({process.LogFile})");
    }
}
