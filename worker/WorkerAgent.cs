using System.Reflection;
using GpuScheduler.Worker.CommandLine;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Execution.Supervision;
using GpuScheduler.Worker.Inventory;
using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Session;
using GpuScheduler.Worker.Stores;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker;

/// <summary>A worker, put together: a session with a scheduler, and the work for its store, and for every store before it.</summary>
internal sealed partial class WorkerAgent : IAsyncDisposable
{
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromMinutes(1);

    private readonly ILogger<WorkerAgent> _logger;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly WorkerHome _home;
    private readonly StoreShelf _stores;
    private readonly SchedulerChannel _channel;
    private readonly SessionLoop _sessions;
    private readonly ITimer _housekeeping;

    public WorkerAgent(
        WorkerOptions options, NodeIdentity identity, NodeInventory inventory, WorkerHome home, TimeProvider time, Func<double> chance,
        ILoggerFactory logging)
    {
        _logger = logging.CreateLogger<WorkerAgent>();
        _options = options;
        _time = time;
        _home = home;
        var supervisor = SupervisorProgram.Install(options.Supervisor, home.Root, logging.CreateLogger<SupervisorProgram>());
        AttemptGroups.CheckLimit(options, home.Root, identity.Node, time, logging);
        var files = new JobFileThreads();
        var facts = NodeFacts.Of(identity.Node, options.Server, inventory.Resources.Devices);
        _stores = new(home, new(options, facts, supervisor, new(), files, time, logging));
        _channel = new(options.Server, Environment.GetEnvironmentVariable("GPUSCHED_TOKEN"), Environment.GetEnvironmentVariable);
        var settings = new SessionSettings(
            identity, Version(), ProcFs.BootId(), inventory.Resources, NodeAddress.Of(options.Address, Environment.MachineName))
        {
            Readings = inventory.Readings,
            StoreFile = options.StoreFile,
        };
        _sessions = new(new(settings, _stores, files, time, chance, logging), _channel);
        _housekeeping = time.CreateTimer(
            _ => _ = files.RunAsync(() => _stores.InService?.RemoveOld()), null, HousekeepingInterval, HousekeepingInterval);
    }

    /// <summary>Until told to stop: then attempts are left running, unless the command line says otherwise.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await _stores.OpenAsync(BootRecord.HasRebooted(_home, ProcFs.BootId()));
        BootRecord.Write(_home, ProcFs.BootId());
        using var leaving = new CancellationTokenSource();
        var sessions = _sessions.RunAsync(leaving.Token);
        await Task.WhenAny(sessions, Task.Delay(Timeout.InfiniteTimeSpan, _time, stopping));
        LogStopping(_options.StopAttemptsOnExit ? "ends its attempts and then stops" : "stops; what runs goes on for the next worker");
        if (_options.StopAttemptsOnExit)
        {
            await _stores.EmptyAsync();
            await (_stores.InService?.Outbox.WaitUntilEmptyAsync(FlushPatience) ?? Task.CompletedTask);
        }

        await leaving.CancelAsync();
        await sessions;
    }

    public async ValueTask DisposeAsync()
    {
        await _housekeeping.DisposeAsync();
        await _stores.DisposeAsync();
        _channel.Dispose();
    }

    [LoggerMessage(5032, LogLevel.Information, "The worker {What}")]
    private partial void LogStopping(string what);

    public static string Version() =>
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
