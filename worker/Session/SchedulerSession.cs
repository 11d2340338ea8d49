using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Logs;
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

    private static readonly TimeSpan QuestionInterval = TimeSpan.FromMinutes(5);
    private const int QuestionsAnHour = 12;

    private readonly ILogger<SchedulerSession> _logger = services.Logging.CreateLogger<SchedulerSession>();
    private readonly Outgoing _outgoing = new();
    private long _lastHeard;

    /// <summary>The scheduler has answered the hello: the connection works.</summary>
    public bool WasWelcomed { get; private set; }

    /// <exception cref="RpcException">The connection failed or was refused.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var welcome = await GreetAsync(ending.Token);
        await TellReadingsAsync(ending.Token);
        await using var logs = new LogReadings(services.LogFiles, _outgoing.SendLogAsync, services.Files, services.Time);
        Task[] loops =
        [
            ReadAsync(new OrderDesk(services, logs), ending.Token),
            WriteAsync(ending.Token),
            BeatAsync(welcome, ending.Token),
            SendReportsAsync(welcome.DurableSequence, ending.Token),
            AskForEndedJobsAsync(ending.Token),
        ];
        var first = await Task.WhenAny(loops);
        await ending.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task<Welcome> GreetAsync(CancellationToken cancellationToken)
    {
        await call.RequestStream.WriteAsync(new() { Hello = services.Settings.Hello(Held()) }, cancellationToken);
        if (!await call.ResponseStream.MoveNext(cancellationToken))
            throw new RpcException(new Status(StatusCode.Unavailable, "the scheduler ended the session without a welcome"));
        if (call.ResponseStream.Current.Welcome is not { } welcome)
            throw new RpcException(new Status(StatusCode.Internal, "the scheduler's first message was no welcome"));
        WasWelcomed = true;
        _lastHeard = services.Time.GetTimestamp();
        services.Lease.Grant(WireSpan.From(welcome.Lease) ?? TimeSpan.Zero, welcome.StopWhenLeaseExpires);
        services.Outbox.Acknowledge(welcome.DurableSequence);
        services.Retention.Told(WireSpan.From(welcome.HistoryKeep));
        LogConnected(services.Settings.Node, welcome.SessionId);
        return welcome;
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

    private async Task ReadAsync(OrderDesk desk, CancellationToken cancellationToken)
    {
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            _lastHeard = services.Time.GetTimestamp();
            desk.Take(call.ResponseStream.Current);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (true)
            await call.RequestStream.WriteAsync(await _outgoing.TakeAsync(cancellationToken), cancellationToken);
    }

    /// <summary>A scheduler that hasn't spoken for a whole lease is not there, whatever the connection believes.</summary>
    private async Task BeatAsync(Welcome welcome, CancellationToken cancellationToken)
    {
        var interval = WireSpan.From(welcome.HeartbeatInterval) is { } told && told > TimeSpan.Zero ? told : DefaultInterval;
        while (true)
        {
            await Task.Delay(interval, services.Time, cancellationToken);
            var lease = services.Lease.Length;
            if (lease > TimeSpan.Zero && services.Time.GetElapsedTime(_lastHeard) > lease + interval)
                throw new RpcException(
                    new Status(StatusCode.Unavailable, $"the scheduler has been silent for more than {lease.TotalSeconds} s"));
            var heartbeat = new Heartbeat { Time = Timestamp.FromDateTimeOffset(services.Time.GetUtcNow()), Attempts = { Held() } };
            await _outgoing.SendAsync(new() { Heartbeat = heartbeat }, cancellationToken);
        }
    }

    private async Task SendReportsAsync(long sent, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var report in await services.Outbox.TakeAfterAsync(sent, cancellationToken))
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
            if (round % QuestionsAnHour == 0 || services.Checkpoints.IsRoomShort)
            {
                var questions = await services.Files.RunAsync(() => services.Checkpoints.Questions().ToList()).WaitAsync(cancellationToken);
                foreach (var question in questions)
                    await _outgoing.SendAsync(new() { KeptJobs = question }, cancellationToken);
            }

            await Task.Delay(QuestionInterval, services.Time, cancellationToken);
        }
    }

    private IEnumerable<HeldAttempt> Held()
    {
        var running = services.Attempts.Running;
        var ended = services.Outbox.UnacknowledgedEnds.Except(running);
        return running.Select(key => Wire(key, true)).Concat(ended.Select(key => Wire(key, false)));
    }

    private static HeldAttempt Wire(AttemptKey key, bool running) => new() { JobId = key.JobId, Attempt = key.Attempt, Running = running };
}
