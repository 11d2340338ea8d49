using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Nodes;
using GpuScheduler.Grains.Observability;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Grains.Serialization;
using GpuScheduler.Grains.Views;
using GpuScheduler.Testing;
using GpuScheduler.Testing.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace GpuScheduler.Grains.Tests.Harness;

/// <summary>The real grains and the real engine, on a store in memory and a clock that the test moves.</summary>
public sealed class PoolUnderTest : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly PoolConfig _config;
    private readonly bool _inside;

    private PoolUnderTest(PoolConfig config, bool inside)
    {
        _config = config;
        _inside = inside;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureHost(host => host.Services.AddCoreMessages());
        builder.ConfigureSilo((_, silo) => silo.ConfigureServices(AddParts));
        _cluster = builder.Build();
    }

    public InMemoryPoolStore Store { get; } = new();

    public FakeTimeProvider Clock { get; } = TestTime.NewClock();

    /// <summary>Commits seen so far, counted before each is written.</summary>
    public CommitGate Commits { get; } = new();

    public IPoolGrain Pool => Client.GetGrain<IPoolGrain>(_config.Name);

    /// <param name="inside">Calls come from the silo's own process, as the scheduler's do: they hand their messages over. Otherwise
    /// they come from a client of its own, and a real silo reads what that one has written.</param>
    public static async Task<PoolUnderTest> Start(PoolConfig? config = null, bool inside = false)
    {
        var pool = new PoolUnderTest(config ?? new PoolConfig(), inside);
        pool.Store.Committing = pool.Commits.Pass;
        await pool._cluster.DeployAsync();
        await pool.Pool.GetPool();
        return pool;
    }

    public IGrainFactory Client =>
        _inside ? _cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>() : _cluster.Client;

    public TObserver Reference<TObserver>(IGrainObserver observer)
        where TObserver : IGrainObserver => Client.CreateObjectReference<TObserver>(observer);

    /// <summary>The pools' doors in the silo's process.</summary>
    public PoolDoors Doors => _cluster.GetSiloServiceProvider().GetRequiredService<PoolDoors>();

    public INodeGrain Node(string name) => Client.GetGrain<INodeGrain>(name);

    /// <summary>A worker with one A100 that has announced itself.</summary>
    public async Task<FakeWorker> Join(string node, params HeldAttempt[] held)
    {
        var worker = new FakeWorker(this, Client, node);
        await worker.Open(held);
        return worker;
    }

    public Task<PoolAnswer> Submit(params JobDraft[] drafts) =>
        Apply(PoolCall.Of(new PoolInput.Submit([.. drafts.Select(draft => new JobSubmission(draft, ""))])));

    /// <summary>As the scheduler's own services call: by the pool's door where they are in its process.</summary>
    public Task<PoolAnswer> Apply(PoolCall call) => _inside ? Doors.Apply(Client, _config.Name, call) : Pool.Apply(call);

    /// <summary>Submits one job and returns its id.</summary>
    public async Task<JobId> SubmitOne(JobDraft draft)
    {
        var submitted = Assert.IsType<PoolReply.Submitted>((await Submit(draft)).Reply);
        return new JobId(Assert.Single(submitted.Jobs).Number);
    }

    public async Task<JobView> Job(JobId id) => Assert.Single((await Pool.GetJobs(new JobQuery { Ids = [id] })).Jobs);

    public async Task<NodeView> NodeView(string name) => Assert.Single((await Pool.GetPool()).Nodes, node => node.Name == name);

    /// <summary>Looks again and again through the grain's own turns until it sees what it waits for.</summary>
    public static async Task<T> Until<T>(string what, Func<Task<T>> look, Func<T, bool> seen)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await look();
            if (seen(value)) return value;
            if (TimeProvider.System.GetElapsedTime(deadline) > FakeWorker.Patience) Assert.Fail($"waited for {what}; last seen: {value}");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Commits.Open();
        await _cluster.DisposeAsync();
    }

    private void AddParts(IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(Clock);
        // The test moves the grains' time; a real silo's own keeps going, or it would wait for ever.
        services.AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, (_, _) => TimeProvider.System);
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, Clock);
        services.AddSingleton(new PoolRules(_config)).AddSingleton<StorePosition>().AddSingleton<PoolDoors>()
            .AddSingleton(new PoolEngine(_config)).AddSingleton<IPoolStore>(Store)
            .AddSingleton<PoolInstruments>();
    }
}
