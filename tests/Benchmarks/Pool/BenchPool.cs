using GpuScheduler.Common.Network;
using GpuScheduler.Protos.V1;
using Grpc.Net.Client;

namespace GpuScheduler.Benchmarks.Pool;

/// <summary>A scheduler on SQLite in a folder of its own, with or without a worker.</summary>
internal sealed class BenchPool : IAsyncDisposable
{
    private readonly List<GrpcChannel> _channels = [];
    private readonly string _folder;
    private readonly ServerProcess _scheduler;
    private ServerProcess? _worker;

    private BenchPool(string folder, ServerProcess scheduler, string address)
    {
        _folder = folder;
        _scheduler = scheduler;
        Address = address;
    }

    public static async Task<BenchPool> StartAsync(Settings settings)
    {
        var folder = Path.Combine(settings.Data, Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        var scheduler = ServerProcess.Start(
            Path.Combine(settings.App, "gpusched-scheduler"), "--data", Path.Combine(folder, "scheduler"), "--listen", "127.0.0.1:0",
            "--log-level", "Warning");
        const string Announcement = "listening on ";
        string? line;
        do
            line = await scheduler.Output.ReadLineAsync() ?? throw new InvalidOperationException("the scheduler ended before it listened");
        while (!line.StartsWith(Announcement, StringComparison.Ordinal));
        return new BenchPool(folder, scheduler, line[Announcement.Length..].Trim());
    }

    public string Address { get; }

    public string File(string name) => Path.Combine(_folder, name);

    public double SchedulerCpuSeconds() => _scheduler.CpuSeconds();

    public ProcessUse SchedulerUse() => _scheduler.Use();

    public double WorkerCpuSeconds() => _worker?.CpuSeconds() ?? 0;

    /// <summary>Of attempts that have ended: their supervising shells and the jobs themselves.</summary>
    public double AttemptsCpuSeconds() => _worker?.ChildrenCpuSeconds() ?? 0;

    /// <summary>A connection of its own, to the jobs.</summary>
    public JobsService.JobsServiceClient Connect() => new(Open());

    /// <summary>A connection of its own.</summary>
    public GrpcChannel Open()
    {
        // As client and worker connect.
        var handler = new SocketsHttpHandler { ConnectCallback = TcpConnection.OpenAsync };
        var channel = GrpcChannel.ForAddress(
            Address, new GrpcChannelOptions { HttpHandler = handler, MaxReceiveMessageSize = null, DisposeHttpClient = true });
        _channels.Add(channel);
        return channel;
    }

    /// <summary>A worker that declares this many cores and no cards; returns when the pool has it.</summary>
    public async Task StartWorkerAsync(Settings settings, int cores)
    {
        var inventory = File("inventory.yaml");
        await System.IO.File.WriteAllTextAsync(
            inventory, $"node: bench\ncpu: {{ cores: {cores}, memory: {cores * 2}GiB, reservedCores: 0 }}\ndevices: []\n");
        _worker = ServerProcess.Start(
            Path.Combine(settings.App, "gpusched-worker"), "--server", Address, "--inventory", inventory, "--data", File("worker"),
            "--log-level", "warning");
        // A job that has run is the proof.
        var jobs = Connect();
        var id = (await jobs.SubmitJobAsync(Jobs.Single("/bin/true"))).Id;
        using var watch = jobs.WatchJobs(new WatchJobsRequest { Ids = { id } });
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
            channel.Dispose();
        if (_worker is not null) await _worker.DisposeAsync();
        await _scheduler.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
