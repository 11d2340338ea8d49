using System.Diagnostics;
using System.Threading.Channels;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>Everything that workers said to a fake scheduler, what it answers, and waiting for either.</summary>
internal sealed class Conversation
{
    /// <summary>A wait that takes this long has failed; the message then says what was seen instead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<ConnectRequest> _heard = [];
    private readonly List<Channel<ConnectResponse>> _sessions = [];
    private readonly Dictionary<StoreName, long> _durable = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>False: reports stay unacknowledged, so that the worker must keep them.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>The scheduler's store; with an empty name it is older than stores' identities, and welcomes everyone.</summary>
    public StoreName Store { get; set; } = new();

    /// <summary>Told instead of <see cref="Store"/> to every worker that comes; null: nothing odd is told.</summary>
    public StoreName? OddStore { get; set; }

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
        }
    }

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

            _news.TrySetResult();
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>A hello about another store's folder is answered with this store, and ends the session.</summary>
    private void Meet_NeedsLock(WorkerHello hello, Channel<ConnectResponse> session)
    {
        var isOurs = OddStore is null && (hello.Store?.Name is { } served ? served.Equals(Store) : hello.Attempts.Count == 0);
        if (isOurs)
        {
            Greet_NeedsLock(session);
            return;
        }

        session.Writer.TryWrite(new() { OtherStore = new() { Store = OddStore ?? Store } });
        session.Writer.TryComplete();
    }

    /// <summary>From here on the session can be spoken to.</summary>
    private void Greet_NeedsLock(Channel<ConnectResponse> session)
    {
        var welcome = Welcome.Clone();
        welcome.DurableSequence = Math.Max(welcome.DurableSequence, _durable.GetValueOrDefault(Store));
        welcome.Store = Store.Id.Length > 0 ? Store : null;
        session.Writer.TryWrite(new() { Welcome = welcome });
        _sessions.Add(session);
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

    public async Task UntilAsync(Func<IReadOnlyList<ConnectRequest>, bool> isTrue, string what)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (isTrue(_heard))
                    return;
                news = _news.Task;
            }

            await Task.WhenAny(news, Task.Delay(TimeSpan.FromMilliseconds(200)));
            Assert.True(watch.Elapsed < Patience, $"waited in vain for {what}; reports so far: {string.Join("\n", Reports)}");
        }
    }
}
