using System.Threading.Channels;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>Everything that workers said to a fake scheduler, what it answers, and waiting for either.</summary>
internal sealed partial class Conversation
{
    /// <summary>A wait that takes this long has failed; the message then says what was seen instead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<ConnectRequest> _heard = [];
    private readonly List<Channel<ConnectResponse>> _sessions = [];
    private readonly TaskCompletionSource _goodbye = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>False: reports stay unacknowledged, so that the worker must keep them.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>Ends when a worker has ended its side of the stream.</summary>
    public Task Goodbye => _goodbye.Task;

    /// <summary>A session stays open on this side when the worker has ended its own.</summary>
    public bool HoldsOn { get; set; }

    public Welcome Welcome { get; set; } = new()
    {
        HeartbeatInterval = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200)),
        Lease = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(30)),
        SessionId = "test",
    };

    public IReadOnlyList<ConnectRequest> Heard
    {
        get
        {
            lock (_gate)
            {
                return [.. _heard];
            }
        }
    }

    public IReadOnlyList<Report> Reports => [.. Heard.Where(message => message.Report is not null).Select(message => message.Report)];

    public IReadOnlyList<WorkerHello> Hellos => [.. Heard.Where(message => message.Hello is not null).Select(message => message.Hello)];

    public Channel<ConnectResponse> Open()
    {
        var channel = Channel.CreateUnbounded<ConnectResponse>();
        lock (_gate)
        {
            if (Store.Id.Length == 0) Greet_NeedsLock(channel);
        }

        return channel;
    }

    public void Close(Channel<ConnectResponse> channel)
    {
        lock (_gate)
        {
            _sessions.Remove(channel);
            channel.Writer.TryComplete();
            News_NeedsLock();
        }
    }

    public void HearGoodbye() => _goodbye.TrySetResult();

    public void EndSessions()
    {
        lock (_gate)
        {
            _sessions.ForEach(session => session.Writer.TryComplete());
        }
    }

    public void Hear(ConnectRequest message, Channel<ConnectResponse> session)
    {
        lock (_gate)
        {
            _heard.Add(message);
            if (message.Hello is { } hello && Store.Id.Length > 0) Meet_NeedsLock(hello, session);
            if (message.Report is { } report && Acknowledges)
            {
                _durable[Store] = Math.Max(_durable.GetValueOrDefault(Store), report.Sequence);
                session.Writer.TryWrite(new() { ReportAck = new() { Sequence = _durable[Store] } });
            }

            News_NeedsLock();
        }
    }

    /// <summary>Something happened: those who wait look again.</summary>
    private void News_NeedsLock()
    {
        _news.TrySetResult();
        _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Says something to the newest session, waiting until there is one.</summary>
    public async Task SayAsync(ConnectResponse message)
    {
        await UntilAsync(_ => _sessions.Count > 0, "a session");
        lock (_gate)
        {
            _sessions[^1].Writer.TryWrite(message);
        }
    }

    public async Task<T> FirstAsync<T>(Func<IReadOnlyList<ConnectRequest>, T?> find, string what)
        where T : class
    {
        T? found = null;
        await UntilAsync(heard => (found = find(heard)) is not null, what);
        return found!;
    }

    /// <summary>Looks now, and again after each message and whenever a session begins or ends: what is waited for must follow from
    /// those.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<ConnectRequest>, bool> isTrue, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (NewsUnless(isTrue) is { } news)
        {
            await news.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.False(
                patience.IsCancellationRequested, $"waited in vain for {what}; reports so far: {string.Join("\n", Reports)}");
        }
    }

    /// <summary>Null: it is true already.</summary>
    private Task? NewsUnless(Func<IReadOnlyList<ConnectRequest>, bool> isTrue)
    {
        lock (_gate)
        {
            return isTrue(_heard) ? null : _news.Task;
        }
    }
}
