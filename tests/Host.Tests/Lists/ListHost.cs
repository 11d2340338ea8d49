using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Observability;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Grains.Serialization;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.Pools;
using GpuScheduler.Host.Startup;
using GpuScheduler.Host.Tests.Extremes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Testing;
using GpuScheduler.Testing.Stores;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using JobsService = GpuScheduler.Host.Grpc.JobsService;
using PoolsService = GpuScheduler.Host.Grpc.PoolsService;

namespace GpuScheduler.Host.Tests.Lists;

/// <summary>The services on the real pool and a store in memory that a test may fill before.</summary>
internal sealed class ListHost : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private IPoolGrain? _pool;

    private ListHost(InMemoryPoolStore store)
    {
        Store = store;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureHost(host => host.Services.AddCoreMessages());
        builder.ConfigureSilo((_, silo) => silo.ConfigureServices(AddParts));
        _cluster = builder.Build();
    }

    public InMemoryPoolStore Store { get; }

    public FakeTimeProvider Clock { get; } = TestTime.NewClock();

    public ServerCallContext Call { get; } = new WireCall(CancellationToken.None);

    public JobFinder Finder { get; private set; } = null!;

    public JobsService Jobs { get; private set; } = null!;

    public PoolsService Pools { get; private set; } = null!;

    public static async Task<ListHost> Start(params StoreChange[] stored)
    {
        var store = new InMemoryPoolStore();
        if (stored.Length > 0) await store.CommitAsync((await store.OpenAsync(default)).Epoch, stored, default);
        var host = new ListHost(store);
        await host._cluster.DeployAsync();
        var grains = DispatchProxy.Create<IGrainFactory, RealGrains>();
        ((RealGrains)(object)grains).Silo = host._cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>();
        var client = new PoolClient(grains, new PoolRules(new PoolConfig()), new PoolDoors(TimeProvider.System));
        host.Finder = new JobFinder(client, store);
        host.Jobs = new JobsService(client, host.Finder, new WireJobs(new DeviceModels(client)), null!, null!, null!);
        host.Pools = new PoolsService(client, null!, null!, host.Clock, ProductVersion.Current, null!);
        host._pool = client.Pool;
        await client.Pool.GetPool();
        return host;
    }

    /// <summary>Machines with eight cards each.</summary>
    public Task Join(IEnumerable<string> names) => _pool!.Apply(new PoolCall([.. names.Select(Joined)]));

    private static PoolInput Joined(string name)
    {
        var cards = Enumerable.Range(0, 8).Select(at => new AnnouncedDevice($"GPU-{name}-{at}", "NVIDIA A100-SXM4-80GB", 81_920, null));
        return new PoolInput.NodeJoined(new NodeId(name), name, "boot-1", "1.0", new NodeInventory(64, 1 << 20, 2, [.. cards]), []);
    }

    /// <summary>Jobs for a machine that doesn't exist: they wait.</summary>
    public Task<SubmitJobsResponse> Submit(int count, Protos.V1.JobSpec? spec = null) => Jobs.SubmitJobs(
        new SubmitJobsRequest { Jobs = { Enumerable.Repeat(new SubmitJobRequest { Spec = spec ?? Spec() }, count) } }, Call);

    public static Protos.V1.JobSpec Spec(string comment = "") =>
        new() { User = "ada", Tier = "preprocessing", Command = { "true" }, Comment = comment };

    public Task Cancel(params IEnumerable<string> ids) => Jobs.CancelJobs(new CancelJobsRequest { Ids = { ids } }, Call);

    public Task Requeue(params IEnumerable<string> ids) => Jobs.RequeueJobs(new RequeueJobsRequest { Ids = { ids } }, Call);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private void AddParts(IServiceCollection services)
    {
        var config = new PoolConfig();
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, (_, _) => TimeProvider.System);
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, Clock);
        services.AddSingleton(new PoolRules(config)).AddSingleton<StorePosition>().AddSingleton<PoolDoors>()
            .AddSingleton(new PoolEngine(config)).AddSingleton<IPoolStore>(Store).AddSingleton<PoolInstruments>();
    }
}

/// <summary>Hands out the scheduler's own pool: this project has another class of the kind.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
internal class RealGrains : DispatchProxy
{
    public IGrainFactory? Silo { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Silo!.GetGrain<IPoolGrain>((string)args![0]!, typeof(PoolGrain).FullName);
}
