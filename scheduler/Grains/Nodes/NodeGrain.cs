using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.NodeHealth;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Pools;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Grains.Nodes;

/// <summary>
/// Holds the session of one machine. Heartbeats end here: the pool hears only that a session began, that it ended, and what
/// happened to attempts, so ten thousand heartbeats a second never touch the queue.
/// </summary>
public sealed partial class NodeGrain(PoolRules rules, PoolDoors doors, TimeProvider clock, ILogger<NodeGrain> logger) : Grain, INodeGrain
{
    private NodeSession? _session;
    private NodeSession? _joining;
    private IGrainTimer? _health;
    private long _validFrom;

    private string NodeName => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var often = rules.InForce.Leases.Heartbeat;
        _health = this.RegisterGrainTimer(CheckHealth, new GrainTimerCreationOptions(often, often) { Interleave = true, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task<SessionAnswer> Open(PoolInput.NodeJoined joined, IWorkerSession worker)
    {
        var session = _joining = new NodeSession(joined.Session, worker, rules.InForce.Leases, clock.GetTimestamp());
        try
        {
            var answer = await Apply(PoolCall.Of(joined));
            if (answer.Reply is PoolReply.NodeAccepted accepted)
                return await Begin(session, accepted, answer.Epoch, joined.Held.Count(held => held.Running));
            if (answer.Reply is PoolReply.Rejected rejected) LogRefused(NodeName, joined.Peer, string.Join("; ", rejected.Faults));
            return new SessionAnswer(null, answer.Reply as PoolReply.Rejected, answer.Refusal, session.Leases)
            {
                OtherStore = answer.Reply as PoolReply.OtherStore,
            };
        }
        finally
        {
            if (_joining == session) _joining = null;
        }
    }

    public Task<bool> Heartbeat(string session)
    {
        if (Current(session) is not { } current) return Task.FromResult(false);
        current.LastSeen = clock.GetTimestamp();
        return Task.FromResult(true);
    }

    public async Task Report(string session, PoolCall reports)
    {
        if (Current(session) is not { } current) return;
        current.LastSeen = clock.GetTimestamp();
        Tell(current, await Apply(reports));
    }

    public async Task Read(string session, CardReading[] readings)
    {
        if (Current(session) is not { Epoch: not null } current) return;
        current.LastSeen = clock.GetTimestamp();
        if (current.Readings.News(readings) is { Count: > 0 } news)
            await Apply(PoolCall.Of(new PoolInput.CardsRead(new NodeId(NodeName), session, news)));
    }

    public async Task Keep(string session, KeptStore[] kept)
    {
        if (Current(session) is { Epoch: not null } current)
            Tell(current, await Apply(PoolCall.Of(new PoolInput.StoresKept(new NodeId(NodeName), session, kept))));
    }

    public async Task Stopping(string session)
    {
        if (Current(session) is not { Epoch: not null }) return;
        LogStopping(NodeName, session);
        await Apply(PoolCall.Of(new PoolInput.NodeStopping(new NodeId(NodeName), session)));
    }

    public async Task Close(string session, string why, bool isStop)
    {
        if (Current(session) is { } current) await Leave(current, why, isStop ? LogLevel.Information : LogLevel.Warning);
    }

    /// <summary>Orders of the very cycle that accepts a session come before its answer.</summary>
    public Task Carry(NodeOrders orders) =>
        (Current(orders.Session) ?? (_joining?.Id == orders.Session ? _joining : null))?.Worker.Carry(orders) ?? Task.CompletedTask;

    public async Task Rejoin(long epoch)
    {
        _validFrom = Math.Max(_validFrom, epoch);
        if (_session is { Epoch: { } accepted } session && accepted < epoch) await End(session, SessionEnd.Rejoin);
    }

    public async Task<bool> ReadLog(LogRead read, ILogSink sink)
    {
        if (_session is not { Epoch: not null } session) return false;
        await session.Worker.ReadLog(read, sink);
        return true;
    }

    public Task StopLog(string requestId) => _session?.Worker.StopLog(requestId) ?? Task.CompletedTask;

    /// <summary>The pool may have read its state anew while its answer was on the way: then it has forgotten this session.</summary>
    private async Task<SessionAnswer> Begin(NodeSession session, PoolReply.NodeAccepted accepted, long epoch, int running)
    {
        if (_session is { } older) await End(older, SessionEnd.Replaced);
        _session = session;
        _health?.Change(session.Leases.Heartbeat, session.Leases.Heartbeat);
        session.LastSeen = clock.GetTimestamp();
        session.Epoch = epoch;
        if (epoch < _validFrom) await End(session, SessionEnd.Rejoin);
        else LogJoined(NodeName, session.Id, running);
        return new SessionAnswer(accepted, null, null, session.Leases);
    }

    /// <summary>A report that was refused is acknowledged all the same; it is told here and nowhere else.</summary>
    private void Tell(NodeSession session, PoolAnswer answer)
    {
        foreach (var rejected in answer.Replies.OfType<PoolReply.Rejected>())
        {
            if (session.Told++ < NodeSession.MostTold) LogReportRefused(NodeName, string.Join("; ", rejected.Faults));
        }
    }

    private Task<PoolAnswer> Apply(PoolCall call) => doors.Apply(GrainFactory, rules.InForce.Name, call);

    private NodeSession? Current(string session) => _session?.Id == session ? _session : null;

    private async Task CheckHealth(CancellationToken cancellationToken)
    {
        if (_session is not { Epoch: not null } session) return;
        if (Silence.Judge(clock.GetElapsedTime(session.LastSeen), session.Leases) == SilenceVerdict.Healthy) return;
        await End(session, SessionEnd.Silent);
        await Leave(session, "no heartbeat", LogLevel.Warning);
    }

    /// <summary>The pool is told and answers; were it to refuse, it reads its state anew and then takes the node for silent.</summary>
    private async Task Leave(NodeSession session, string why, LogLevel level)
    {
        if (_session == session) _session = null;
        LogLeft(level, NodeName, session.Id, why);
        await Apply(PoolCall.Of(new PoolInput.NodeLeft(new NodeId(NodeName), session.Id, why)));
    }

    private async Task End(NodeSession session, SessionEnd cause)
    {
        if (_session == session) _session = null;
        LogEnded(NodeName, session.Id, cause);
        await session.Worker.End(cause);
    }
}
