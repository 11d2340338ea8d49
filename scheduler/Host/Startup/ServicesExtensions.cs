using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Grains.Serialization;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.Logs;
using GpuScheduler.Host.Options;
using GpuScheduler.Host.Pools;
using GpuScheduler.Host.Watching;
using GpuScheduler.Host.Workers;
using GpuScheduler.Storage.Sqlite;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection;
using Orleans.Configuration;
using Reflection = Grpc.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Startup;

/// <summary>The scheduler's parts, in the order in which a call meets them.</summary>
internal static class ServicesExtensions
{
    /// <summary>A script may have 4 MiB, a batch many jobs.</summary>
    private const int LargestMessage = 16 * 1024 * 1024;

    /// <summary>To read a large store, or to take thousands of jobs at once, is one turn of the pool: nothing is wrong with it.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    public static WebApplicationBuilder AddPool(this WebApplicationBuilder builder, CheckedOptions options, SqlitePoolStore store)
    {
        builder.UseOrleans(silo => silo.UseNoListener().ConfigureServices(services => services.AddCoreMessages())
            .Configure<SchedulingOptions>(turns => turns.TurnWarningLengthThreshold = LongestTurn));
        builder.Services.AddSingleton(new PoolRules(options.Pool)).AddSingleton<StorePosition>().AddSingleton<PoolDoors>()
            .AddSingleton(new PoolEngine(options.Pool))
            .AddSingleton<IPoolStore>(store).AddSingleton(store).AddHostedService<HistoryPurger>();
        builder.Services.AddSingleton<PoolClient>().AddSingleton<JobFinder>().AddSingleton<EndedJobsFinder>().AddSingleton<DeviceModels>();
        builder.Services.AddSingleton(options.File).AddSingleton(RulesKeeper.Of(store, options)).AddSingleton<PoolReloader>()
            .AddHostedService<ReloadSignal>();
        builder.Services.AddHostedService<PoolStarter>();
        return builder;
    }

    public static WebApplicationBuilder AddStreams(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StreamLifetime>().AddSingleton<SessionIds>();
        builder.Services.AddSingleton<PoolFeed>().AddHostedService(services => services.GetRequiredService<PoolFeed>());
        builder.Services.AddSingleton<JobWatch>().AddSingleton<LogReader>().AddSingleton<AttemptLog>()
            .AddSingleton<LogParts>();
        return builder;
    }

    public static WebApplicationBuilder AddCalls(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ProductVersion.Current).AddSingleton<WireJobs>();
        // Once for all calls: unregistered, each call would have its own made.
        builder.Services.AddSingleton<JobsService>().AddSingleton<WorkersService>().AddSingleton<PoolsService>()
            .AddSingleton<ErrorInterceptor>();
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = LargestMessage;
            options.Interceptors.Add<ErrorInterceptor>();
        });
        // Tools such as grpcurl ask a scheduler itself what it can be asked. Named here: gRPC finds no service that is bound by hand.
        ServiceDescriptor[] named =
        [
            Wire.JobsService.Descriptor, Wire.WorkersService.Descriptor, Wire.PoolsService.Descriptor, Health.Descriptor,
            Reflection.V1.ServerReflection.Descriptor, Reflection.V1Alpha.ServerReflection.Descriptor,
        ];
        builder.Services.AddSingleton(new ReflectionV1ServiceImpl(named)).AddSingleton(new ReflectionServiceImpl(named));
        builder.Services.AddGrpcReflection();
        return builder;
    }

    public static WebApplication MapCalls(this WebApplication app)
    {
        var services = app.Services;
        Map(app, binder => Wire.JobsService.BindService(binder, services.GetRequiredService<JobsService>()));
        Map(app, binder => Wire.WorkersService.BindService(binder, services.GetRequiredService<WorkersService>()));
        Map(app, binder => Wire.PoolsService.BindService(binder, services.GetRequiredService<PoolsService>()));
        app.MapGrpcReflectionService();
        return app;
    }

    private static void Map(WebApplication app, Action<ServiceBinderBase> bind) => app.MapGrpcService(ReadableBinder.Bind(bind));
}
