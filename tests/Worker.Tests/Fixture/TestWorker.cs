using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.CommandLine;
using Serilog.Events;

namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>A worker inside the test's process, with a fake scheduler of its own and a data directory that goes away afterwards.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly WorkerAgent _agent;
    private readonly Task _running;

    private TestWorker(
        FakeScheduler scheduler, TemporaryFolder folder, DataDirectory data, Func<WorkerOptions, WorkerOptions> adjust,
        IEnumerable<InventoryDevice> cards, TimeProvider time)
    {
        Scheduler = scheduler;
        Folder = folder;
        Data = data;
        var options = adjust(new(scheduler.Address, null, null, null, LogEventLevel.Warning, false));
        var resources = new GpuScheduler.Protos.V1.Inventory { CpuCores = 64, MemoryMib = 65536, Devices = { cards } };
        var inventory = new GpuScheduler.Worker.Inventory.NodeInventory(null, resources);
        _agent = new(options, new("test-instance", "node-a"), inventory, new(Data.Root), time, () => 0.5, Retries);
        _running = _agent.RunAsync(_stopping.Token);
    }

    public FakeScheduler Scheduler { get; }

    /// <summary>Sessions that did not come about.</summary>
    public RetryCount Retries { get; } = new();

    public Conversation Talk => Scheduler.Talk;

    public TemporaryFolder Folder { get; }

    public DataDirectory Data { get; }

    public static async Task<TestWorker> StartAsync(
        Action<Conversation>? prepare = null, Func<WorkerOptions, WorkerOptions>? adjust = null, string? data = null,
        Func<DataDirectory, object>? prepareData = null, IEnumerable<InventoryDevice>? cards = null,
        TimeProvider? time = null)
    {
        var talk = new Conversation();
        prepare?.Invoke(talk);
        var folder = new TemporaryFolder();
        var directory = new DataDirectory(data ?? Path.Combine(folder.Path, "data"));
        prepareData?.Invoke(directory);
        var scheduler = await FakeScheduler.StartAsync(talk);
        return new(scheduler, folder, directory, adjust ?? (options => options), cards ?? [], time ?? TimeProvider.System);
    }

    /// <summary>Runs one attempt to its end.</summary>
    public async Task<AttemptEnded> RunAsync(Dispatch dispatch)
    {
        await Talk.DispatchAsync(dispatch);
        return await Talk.EndOfAsync(dispatch);
    }

    public string Output(Dispatch dispatch, string file = "stdout") =>
        File.ReadAllText(Path.Combine(Data.Attempts, $"{dispatch.JobId}.{dispatch.Attempt}", file));

    public async ValueTask DisposeAsync()
    {
        foreach (var (job, attempt) in
            Talk.Reports.Where(report => report.Started is not null).Select(report => (report.JobId, report.Attempt)))
            await Talk.StopAsync(job, attempt, TimeSpan.Zero);
        await Talk.UntilAsync(_ => Talk.Live().Count == 0, "every attempt's end");
        await _stopping.CancelAsync();
        await _running;
        await _agent.DisposeAsync();
        await Scheduler.DisposeAsync();
        Folder.Dispose();
        _stopping.Dispose();
    }
}
