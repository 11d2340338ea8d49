using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Grains.Views;
using Microsoft.Extensions.Time.Testing;

namespace GpuScheduler.Host.Tests.Extremes;

/// <summary>A pool behind the services without the shells between: what an input makes the engine throw, reaches the test.</summary>
internal sealed class WirePool : IPoolGrain
{
    private readonly PoolEngine _engine = new(new PoolConfig());
    private readonly FakeTimeProvider _clock;

    public WirePool(FakeTimeProvider clock)
    {
        _clock = clock;
        var stored = new StoredPool(1, 1, [], [], [], []) { HasLegacyWorkers = true, Identity = new StoreIdentity("wire", 1) };
        State = PoolState.Load(new PoolConfig(), stored, clock.GetUtcNow());
        Node = new WireNode(this);
        Grains = DispatchProxy.Create<IGrainFactory, WireGrains>();
        ((WireGrains)(object)Grains).Pool = this;
    }

    public PoolState State { get; }

    public WireNode Node { get; }

    public IGrainFactory Grains { get; }

    public Task<PoolAnswer> Apply(PoolCall call) => Task.FromResult(PoolAnswer.Answered([.. Take(call.Inputs)], 1));

    /// <summary>What an input throws, and what reading it throws, is a bug.</summary>
    public IReadOnlyList<PoolReply?> Take(params IReadOnlyList<PoolInput> inputs)
    {
        var step = _engine.Step(State, inputs, _clock.GetUtcNow());
        foreach (var broken in step.Replies.OfType<PoolReply.Broken>()) throw new InvalidOperationException("broken", broken.Failure);
        return step.Replies;
    }

    /// <summary>Lets the consequences come: leases, deadlines, drains; and looks at all that can be seen.</summary>
    public void Settle()
    {
        foreach (var later in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromDays(4_000) })
        {
            var now = _clock.GetUtcNow() + later;
            _engine.Step(State, [], now);
            foreach (var job in State.Jobs.Take(20).ToList())
            {
                _engine.Explain(State, job, now);
                _engine.Forecast(State, job, now);
            }
        }
    }

    public Task<JobPage> GetJobs(JobQuery query) =>
        Task.FromResult(
            new JobPage([.. State.Jobs.Where(job => IsAsked(job, query)).Select(job => JobViews.Of(State, job, Now))], false, 0));

    public Task<PoolView> GetNodes(string behind, int most) => GetPool();

    public Task<PoolView> GetPool() => Task.FromResult(new PoolView(
        "default", 1, null, [.. State.Nodes.Select(node => NodeViews.Of(State, node, Now))], []));

    public Task<string?> WhyRefusing() => Task.FromResult<string?>(null);

    public Task<ArrayView> GetArray(long number) =>
        Task.FromResult(ArrayView.Of(State.DigestOf(number, Now), State.ElementsOf(number).FirstOrDefault()?.Id));

    public Task<ExplainAnswer> Explain(JobId id) => Task.FromResult(new ExplainAnswer(
        State.FindJob(id) is { } job
            ? new JobExplanation(
                JobViews.Of(State, job, Now), [.. _engine.Explain(State, job, Now)], _engine.Forecast(State, job, Now),
                PoolEngine.ChoiceOf(job))
            : null,
        null));

    public Task<PriorityPage> GetPriorities(JobQuery query, PriorityMark? behind) =>
        Task.FromResult(
            new PriorityPage([.. State.Jobs.Select(job => State.PriorityOf(job, Now)).OfType<JobPriority>()], false, Now));

    public Task<SharePage> GetShares() => Task.FromResult(new SharePage([.. State.SharesAt(Now)]));

    public Task<PoolMark> Watch(IPoolWatcher watcher) => Task.FromResult(new PoolMark(1, 1));

    public Task Unwatch(IPoolWatcher watcher) => Task.CompletedTask;

    private DateTimeOffset Now => _clock.GetUtcNow();

    private static bool IsAsked(Job job, JobQuery query) =>
        query.Ids.Count == 0 || query.Ids.Contains(job.Id) || query.Ids.Contains(new JobId(job.Id.Number));
}

/// <summary>Hands out the pool and its node, whatever they are called.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
internal class WireGrains : DispatchProxy
{
    public WirePool? Pool { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        "GetGrain" when targetMethod.ReturnType == typeof(IPoolGrain) => Pool,
        "GetGrain" when targetMethod.ReturnType == typeof(INodeGrain) => Pool!.Node,
        "CreateObjectReference" => args![0],
        _ => null,
    };
}

/// <summary>A node that hands everything on to the pool.</summary>
internal sealed class WireNode(WirePool pool) : INodeGrain
{
    public static NodeId Id { get; } = new("lab");

    public string Session { get; private set; } = "";

    public async Task<SessionAnswer> Open(PoolInput.NodeJoined joined, IWorkerSession worker)
    {
        Session = joined.Session;
        var answer = await pool.Apply(PoolCall.Of(joined));
        return new SessionAnswer(
            answer.Reply as PoolReply.NodeAccepted, answer.Reply as PoolReply.Rejected, answer.Refusal, new LeaseConfig())
        {
            OtherStore = answer.Reply as PoolReply.OtherStore,
        };
    }

    public Task<bool> Heartbeat(string session) => Task.FromResult(true);

    public Task Report(string session, PoolCall reports) => pool.Apply(reports);

    public async Task Read(string session, CardReading[] readings) =>
        await pool.Apply(PoolCall.Of(new PoolInput.CardsRead(Id, session, readings)));

    public async Task Keep(string session, KeptStore[] kept) =>
        await pool.Apply(PoolCall.Of(new PoolInput.StoresKept(Id, session, kept)));

    public async Task Stopping(string session) => await pool.Apply(PoolCall.Of(new PoolInput.NodeStopping(Id, session)));

    public async Task Close(string session, string why, bool isStop) =>
        await pool.Apply(PoolCall.Of(new PoolInput.NodeLeft(Id, session, why)));

    public Task Carry(NodeOrders orders) => Task.CompletedTask;

    public Task Rejoin(long epoch) => Task.CompletedTask;

    public async Task<bool> ReadLog(LogRead read, ILogSink sink)
    {
        await sink.Take(new LogPart(read.RequestId, default, read.Offset, true, ""));
        return true;
    }

    public Task StopLog(string requestId) => Task.CompletedTask;
}
