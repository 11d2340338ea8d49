using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Logs;
using GpuScheduler.Worker.Stores;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

/// <summary>
/// One connection to the scheduler, from hello to its end: one loop reads and carries out orders one after the other, one
/// writes, one beats, one sends reports. The first to end, ends the session.
/// </summary>
internal sealed partial class SchedulerSession(SessionServices services, AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call)
{
    /// <summary>Used when the scheduler names no interval.</summary>
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);

    /// <summary>A scheduler that is there answers after two disk writes; one that never does must not hold the node for good.</summary>
    public static readonly TimeSpan WelcomeWithin = TimeSpan.FromSeconds(60);

    /// <summary>How long a worker that leaves waits for the scheduler to end its side, too.</summary>
    public static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan QuestionInterval = TimeSpan.FromMinutes(5);
    private const int QuestionsAnHour = 12;

    private readonly ILogger<SchedulerSession> _logger = services.Logging.CreateLogger<SchedulerSession>();
    private readonly Outgoing _outgoing = new();
    private KeptStores _keptTold = new();
    private StoreWork _work = null!;
    private long _lastHeard;

    /// <summary>The scheduler has answered the hello: the connection works.</summary>
    public bool WasWelcomed { get; private set; }

    /// <param name="leaving">The worker stops: it says goodbye by ending its side of the stream. A cancelled call would look like a broken
    /// connection to the scheduler.</param>
    /// <exception cref="RpcException">The connection failed or was refused.</exception>
    /// <exception cref="OtherStoreException">The hello was about another store's folder.</exception>
    public async Task RunAsync(CancellationToken leaving)
    {
        var welcome = await GreetAsync(leaving);
        await TellReadingsAsync(leaving);
        using var ending = new CancellationTokenSource(Timeout.InfiniteTimeSpan, services.Time);
        using var bound = leaving.Register(() => ending.CancelAfter(GoodbyeWithin));
        await using var logs = new LogReadings(_work.LogFiles, _outgoing.SendLogAsync, services.Files, services.Time);
        Task[] loops =
        [
            ReadAsync(new OrderDesk(_work, services.Logging, logs), ending.Token),
            WriteAsync(leaving, ending.Token),
            BeatAsync(welcome, ending.Token),
            SendReportsAsync(welcome.DurableSequence, ending.Token),
            AskForEndedJobsAsync(ending.Token),
            TellLeavingAsync(ending.Token),
        ];
        var first = await Task.WhenAny(loops);
        await ending.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task<Welcome> GreetAsync(CancellationToken cancellationToken)
    {
        var hello = services.Settings.Hello(services.Stores);
        _keptTold = new() { Stores = { hello.KeptStores } };
        if (!await IsAnsweredAsync(hello, cancellationToken))
            throw new RpcException(new Status(StatusCode.Unavailable, "the scheduler ended the session without a welcome"));
        if (call.ResponseStream.Current.OtherStore is { } other)
            throw new OtherStoreException(Checked(KeyOf(other.Store))!.Value, other.TakesOldFolders);
        if (call.ResponseStream.Current.Welcome is not { } welcome)
            throw new RpcException(new Status(StatusCode.Internal, "the scheduler's first message was no welcome"));
        await EnterAsync(welcome, call.ResponseStream.Current.Commit);
        return welcome;
    }

    /// <returns>False: the scheduler ended the session instead.</returns>
    private async Task<bool> IsAnsweredAsync(WorkerHello hello, CancellationToken cancellationToken)
    {
        using var tooLate = new CancellationTokenSource(WelcomeWithin, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        try
        {
            await call.RequestStream.WriteAsync(new() { Hello = hello }, either.Token);
            return await call.ResponseStream.MoveNext(either.Token);
        }
        catch (Exception) when (tooLate.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded, $"the scheduler gave no answer to the hello for {WelcomeWithin.TotalSeconds} s"));
        }
    }

    /// <summary>A worker that has served no store yet learns here which one it serves. Should the store's folder hold something that the
    /// hello didn't tell, it is said again.</summary>
    private async Task EnterAsync(Welcome welcome, long commit)
    {
        var store = Checked(welcome.Store is null ? null : KeyOf(welcome.Store));
        if (await services.Stores.ServeAsync(store, welcome.TakesOldFolders) && services.Stores.InService!.Held().Count > 0)
            throw new OtherStoreException(store ?? default, welcome.TakesOldFolders);
        _work = services.Stores.InService!;
        _work.Mark.Welcome(welcome.Opening, commit);
        WasWelcomed = true;
        _lastHeard = services.Time.GetTimestamp();
        _work.Lease.Grant(WireSpan.From(welcome.Lease) ?? TimeSpan.Zero, welcome.StopWhenLeaseExpires);
        _work.Acknowledge(welcome.DurableSequence);
        _work.Retention.Told(WireSpan.From(welcome.HistoryKeep));
        LogConnected(services.Settings.Node, welcome.SessionId);
    }

    /// <summary>Who has the port of a scheduler that is gone is not that scheduler.</summary>
    private StoreKey? Checked(StoreKey? store) => services.Settings.Joins(store)
        ? store
        : throw new RpcException(new Status(
            StatusCode.FailedPrecondition,
            $"another scheduler answers at this address: its store is not the one that {services.Settings.StoreFile} names"));

    private static StoreKey KeyOf(StoreName? name)
    {
        var key = name is null ? default : StoreKey.Of(name);
        return key.IsWellFormed
            ? key
            : throw new RpcException(new Status(StatusCode.Internal, "the scheduler names a store that can't be one"));
    }

    /// <summary>Declared readings never change: once a session is enough.</summary>
    private async Task TellReadingsAsync(CancellationToken cancellationToken)
    {
        if (services.Settings.Readings.Count == 0) return;
        var telemetry = new Telemetry
        {
            Time = Timestamp.FromDateTimeOffset(services.Time.GetUtcNow()), Devices = { services.Settings.Readings },
        };
        await _outgoing.SendAsync(new() { Telemetry = telemetry }, cancellationToken);
    }

    /// <summary>The scheduler must give no new work to a worker that ends its attempts before it stops.</summary>
    private async Task TellLeavingAsync(CancellationToken cancellationToken)
    {
        await services.Stores.Emptying.WaitAsync(cancellationToken);
        await _outgoing.SendAsync(new() { Leaving = new() }, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, services.Time, cancellationToken);
    }

    private async Task ReadAsync(OrderDesk desk, CancellationToken cancellationToken)
    {
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            _lastHeard = services.Time.GetTimestamp();
            desk.Take(call.ResponseStream.Current);
        }
    }

    private async Task WriteAsync(CancellationToken leaving, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(leaving, cancellationToken);
        try
        {
            while (true) await call.RequestStream.WriteAsync(await _outgoing.TakeAsync(either.Token), cancellationToken);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The scheduler then ends its side, which ends the session.
            await call.RequestStream.CompleteAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, services.Time, cancellationToken);
        }
    }

    /// <summary>A scheduler that hasn't spoken for a whole lease is not there, whatever the connection believes.</summary>
    private async Task BeatAsync(Welcome welcome, CancellationToken cancellationToken)
    {
        var interval = WireSpan.From(welcome.HeartbeatInterval) is { } told && told > TimeSpan.Zero ? told : DefaultInterval;
        while (true)
        {
            await Task.Delay(interval, services.Time, cancellationToken);
            var lease = _work.Lease.Length;
            if (lease > TimeSpan.Zero && services.Time.GetElapsedTime(_lastHeard) > lease + interval)
                throw new RpcException(
                    new Status(StatusCode.Unavailable, $"the scheduler has been silent for more than {lease.TotalSeconds} s"));
            var heartbeat = new Heartbeat { Time = Timestamp.FromDateTimeOffset(services.Time.GetUtcNow()), Attempts = { _work.Held() } };
            await _outgoing.SendAsync(new() { Heartbeat = heartbeat }, cancellationToken);
            await TellKeptAsync(cancellationToken);
        }
    }

    /// <summary>Another store's attempts end by themselves: then this one's scheduler may grant what they held.</summary>
    private async Task TellKeptAsync(CancellationToken cancellationToken)
    {
        var kept = new KeptStores { Stores = { services.Stores.Kept() } };
        if (kept.Equals(_keptTold)) return;
        _keptTold = kept;
        await _outgoing.SendAsync(new() { KeptStores = kept }, cancellationToken);
    }

    private async Task SendReportsAsync(long sent, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var report in await _work.Outbox.TakeAfterAsync(sent, cancellationToken))
            {
                await _outgoing.SendAsync(new() { Report = report }, cancellationToken);
                sent = report.Sequence;
            }
        }
    }

    /// <summary>
    /// At once and then every hour, more often while the disk is short of room: what is kept in vain may have ended while no
    /// session was there.
    /// </summary>
    private async Task AskForEndedJobsAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            if (round % QuestionsAnHour == 0 || _work.Checkpoints.IsRoomShort)
            {
                foreach (var question in await services.Files.RunAsync(Questions).WaitAsync(cancellationToken))
                    await _outgoing.SendAsync(new() { KeptJobs = question }, cancellationToken);
            }

            await Task.Delay(QuestionInterval, services.Time, cancellationToken);
        }
    }

    /// <summary>Housekeeping that fails is no reason to end the session.</summary>
    private List<KeptJobs> Questions()
    {
        try
        {
            _work.MakeFolders();
            return [.. _work.Checkpoints.Questions()];
        }
        catch (Exception error)
        {
            LogNotAsked(error, _work.Data.Root);
            return [];
        }
    }
}
