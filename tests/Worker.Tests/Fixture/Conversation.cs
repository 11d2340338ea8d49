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
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _durable;

    /// <summary>False: reports stay unacknowledged, so that the worker must keep them.</summary>
    public bool Acknowledges { get; set; } = true;

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
            var welcome = Welcome.Clone();
            welcome.DurableSequence = Math.Max(welcome.DurableSequence, _durable);
            channel.Writer.TryWrite(new() { Welcome = welcome });
            _sessions.Add(channel);
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
            if (message.Report is { } report && Acknowledges)
            {
                _durable = Math.Max(_durable, report.Sequence);
                session.Writer.TryWrite(new() { ReportAck = new() { Sequence = _durable } });
            }

            _news.TrySetResult();
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
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
