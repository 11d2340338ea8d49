using GpuScheduler.Client.Parsing;
using GpuScheduler.Common.Network;
using Grpc.Core;
using Polly;

namespace GpuScheduler.Client.Calls;

/// <summary>
/// Keeps a stream going across restarts of the scheduler: jobs go on without it, so a command that watches them should too. Says once
/// that it went away and once that it is back, and gives up when it stays away.
/// </summary>
internal sealed class Follower
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks at something that ended although there is more to come.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time;
    private readonly SchedulerConnection connection;
    private readonly Action<string> remark;
    private readonly ResiliencePipeline retry;
    private bool everSeen;
    private bool seen;
    private DateTimeOffset? lostAt;

    /// <param name="call">Gives clock and chance.</param>
    /// <param name="connection">To whom.</param>
    /// <param name="remark">Where to say that the connection was lost and found.</param>
    public Follower(Call call, SchedulerConnection connection, Action<string> remark)
    {
        (time, this.connection, this.remark) = (call.Context.Time, connection, remark);
        retry = new Reconnect(time, call.Context.Chance, FirstDelay, LongestDelay)
            .Pipeline(lost => lost.Exception is RpcException failure && MayComeBack(failure));
    }

    /// <summary>How long a scheduler may stay away.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Reads until <paramref name="read"/> says that it has everything. Called again with a fresh stream whenever the
    /// scheduler went away, or said to come back.</summary>
    /// <param name="read">Calls <see cref="Seen"/> with each message. False: there is more to come on another stream.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CommandException">No scheduler was there to begin with, or it stayed away.</exception>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> read, CancellationToken cancellationToken)
    {
        try
        {
            while (!await retry.ExecuteAsync(token => OnceAsync(read, token), cancellationToken))
                await Task.Delay(Pause, time, cancellationToken);
        }
        catch (RpcException failure) when (GrpcFault.IsUnreachable(failure))
        {
            throw connection.Unreachable(failure);
        }
    }

    /// <summary>The scheduler has spoken.</summary>
    public void Seen()
    {
        (everSeen, seen) = (true, true);
        if (lostAt is null) return;
        lostAt = null;
        remark("connected again");
    }

    /// <summary>A stream that worked and broke is begun anew with short delays; one that never came about makes them longer.</summary>
    private async ValueTask<bool> OnceAsync(Func<CancellationToken, Task<bool>> read, CancellationToken cancellationToken)
    {
        seen = false;
        try
        {
            return await read(cancellationToken);
        }
        catch (RpcException failure) when (MayComeBack(failure))
        {
            Lost(failure);
            if (!seen) throw;
            return false;
        }
    }

    /// <summary>A scheduler that was there, or that is there and says "try again".</summary>
    private bool MayComeBack(RpcException failure) =>
        GrpcFault.IsTransient(failure)
        && (everSeen || !GrpcFault.IsUnreachable(failure))
        && (lostAt is not { } since || time.GetUtcNow() - since < Patience);

    private void Lost(RpcException failure)
    {
        if (lostAt is not null) return;
        lostAt = time.GetUtcNow();
        var why = GrpcFault.IsUnreachable(failure) ? $"the scheduler at {connection.Address} went away" : failure.Status.Detail;
        remark($"{why}; trying again for {Patience.TotalMinutes:0} minutes");
    }
}
