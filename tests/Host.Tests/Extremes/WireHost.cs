using System.Reflection;
using Google.Protobuf;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.Grpc.Mapping;
using GpuScheduler.Host.Logs;
using GpuScheduler.Host.Pools;
using GpuScheduler.Host.Startup;
using GpuScheduler.Host.Watching;
using GpuScheduler.Host.Workers;
using GpuScheduler.Protos.V1;
using GpuScheduler.Testing;
using GpuScheduler.Testing.Stores;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using JobsService = GpuScheduler.Host.Grpc.JobsService;
using PoolsService = GpuScheduler.Host.Grpc.PoolsService;
using WorkersService = GpuScheduler.Host.Workers.WorkersService;

namespace GpuScheduler.Host.Tests.Extremes;

/// <summary>The scheduler's services on a small pool: a machine with four cards, one job that runs, three that wait.</summary>
internal sealed class WireHost
{
    private readonly FakeTimeProvider _clock = TestTime.NewClock();
    private readonly JobsService _jobs;
    private readonly PoolsService _pools;
    private readonly WorkersService _workers;

    public WireHost()
    {
        Pool = new WirePool(_clock);
        var rules = new PoolRules(new PoolConfig());
        var store = new InMemoryPoolStore();
        var client = new PoolClient(Pool.Grains, rules, new PoolDoors(_clock));
        var lifetime = new StreamLifetime(new Lifetime());
        var sessions = new SessionIds(_clock);
        var finder = new JobFinder(client, store);
        var wire = new WireJobs(new DeviceModels(client));
        var feed = new PoolFeed(Pool.Grains, client, _clock, NullLogger<PoolFeed>.Instance);
        var logs = new LogReader(finder, feed, new AttemptLog(client, new LogParts(Pool.Grains), sessions));
        _jobs = new JobsService(client, finder, wire, new JobWatch(feed, finder, wire), logs, lifetime);
        _pools = new PoolsService(client, null!, feed, _clock, ProductVersion.Current, lifetime);
        _workers = new WorkersService(
            client, Pool.Grains, sessions, lifetime, new EndedJobsFinder(store, _clock), store, new StorePosition(), _clock,
            NullLogger<WorkersService>.Instance);
        Fill();
    }

    public WirePool Pool { get; }

    public JobsService Jobs => _jobs;

    public PoolsService Pools => _pools;

    public WorkersService Workers => _workers;

    /// <summary>Each call of the scheduler, but that which reads a file.</summary>
    public static IEnumerable<MethodInfo> Calls =>
        Handlers(typeof(JobsService)).Concat(Handlers(typeof(PoolsService))).Where(call => call.Name != "ReloadPool");

    /// <summary>Has a request served; null: well, otherwise what the caller is told. Anything else that is thrown is a bug.</summary>
    public async Task<RpcException?> Call(MethodInfo call, IMessage request)
    {
        object service = call.DeclaringType == typeof(JobsService) ? _jobs : _pools;
        using var stop = new CancellationTokenSource();
        var context = new WireCall(stop.Token);
        object[] arguments = call.GetParameters().Length == 2
            ? [request, context]
            : [request, Activator.CreateInstance(Answers(call))!, context];
        return await Outcome(() => (Task)call.Invoke(service, arguments)!, stop);
    }

    /// <summary>A session in which a worker says these messages and leaves.</summary>
    public async Task<RpcException?> Session(params ConnectRequest[] messages) => (await Talk(messages)).Fault;

    /// <summary>The same, with what the worker is told.</summary>
    public async Task<(IReadOnlyList<ConnectResponse> Said, RpcException? Fault)> Talk(params ConnectRequest[] messages)
    {
        using var stop = new CancellationTokenSource();
        var (session, answers) = (new WireRequests<ConnectRequest>(messages), new WireAnswers<ConnectResponse>());
        var fault = await Outcome(() => _workers.Connect(session, answers, new WireCall(stop.Token)), stop);
        return (answers.Said, fault);
    }

    public static ConnectRequest Hello() => new()
    {
        Hello = new WorkerHello
        {
            Node = "lab",
            BootId = "boot",
            Version = "1",
            Inventory = new Inventory
            {
                CpuCores = 16,
                MemoryMib = 65_536,
                Labels = { ["rack"] = "1" },
                Power = new MachinePower { BudgetWatts = 4_000 },
                Devices =
                {
                    Enumerable.Range(0, 4).Select(at => new InventoryDevice
                    {
                        Uuid = $"GPU-lab-{at}", Model = "NVIDIA A100-SXM4-80GB", MemoryMib = 81_920, NvlinkGroup = "a",
                    }),
                },
            },
            Attempts = { new Protos.V1.HeldAttempt { JobId = "1", Attempt = 1, Running = true } },
        },
    };

    private static Type Answers(MethodInfo call) =>
        typeof(WireAnswers<>).MakeGenericType(call.GetParameters()[1].ParameterType.GetGenericArguments());

    private static IEnumerable<MethodInfo> Handlers(Type service) => service
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => typeof(IMessage).IsAssignableFrom(method.GetParameters().FirstOrDefault()?.ParameterType));

    /// <summary>A stream that waits for something to happen has taken its request well.</summary>
    private static async Task<RpcException?> Outcome(Func<Task> serve, CancellationTokenSource stop)
    {
        try
        {
            var served = serve();
            if (!served.IsCompleted) await stop.CancelAsync();
            await served;
            return null;
        }
        catch (RpcException told)
        {
            return told;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Fill()
    {
        var draft = new JobDraft { User = "ada", Command = ["true"], Tier = "training", Gpus = "2", TimeLimit = "2h" };
        JobDraft[] drafts =
        [
            draft, draft with { Gpus = "4" }, draft with { Gpus = "1", Array = "0-3", Hold = true },
            draft with { Gpus = "", Tier = "preprocessing", Cpus = 32 },
        ];
        var hello = Hello().Hello;
        hello.Attempts.Clear();
        Pool.Take(WorkerMapper.Joined(hello, "s", ""));
        Pool.Take(new PoolInput.Submit([.. drafts.Select(one => new JobSubmission(one, ""))]));
        Pool.Take(new PoolInput.Reported(
            WireNode.Id, 1, new AttemptId(new JobId(1), 1), _clock.GetUtcNow(), new AttemptEvent.Started(null)));
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
