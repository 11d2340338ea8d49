using System.Collections;
using System.Reflection;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Checkpoints;
using GpuScheduler.Worker.CommandLine;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Execution.Supervision;
using GpuScheduler.Worker.Housekeeping;
using GpuScheduler.Worker.Inventory;
using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Logs;
using GpuScheduler.Worker.Reports;
using GpuScheduler.Worker.Session;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker;

/// <summary>A worker, put together: in the order in which an attempt passes through the parts.</summary>
internal sealed class WorkerAgent : IAsyncDisposable
{
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromMinutes(1);

    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly DataDirectory _data;
    private readonly Outbox _outbox;
    private readonly ExitNotices _exits;
    private readonly AttemptGroups _groups;
    private readonly AttemptLauncher _launcher;
    private readonly Attempts _attempts;
    private readonly LogLimit _logLimit;
    private readonly Lease _lease;
    private readonly SchedulerChannel _channel;
    private readonly SessionLoop _sessions;
    private readonly ITimer _housekeeping;

    public WorkerAgent(
        WorkerOptions options, string node, NodeInventory inventory, DataDirectory data, TimeProvider time, ILoggerFactory logging)
    {
        _options = options;
        _time = time;
        _data = data;
        _outbox = new(data.Outbox, time, logging.CreateLogger<Outbox>());
        var files = new JobFileThreads();
        var checkpoints = new CheckpointFinder(data, files, time, logging.CreateLogger<CheckpointFinder>());
        _exits = new(data, time, logging.CreateLogger<ExitNotices>());
        _groups = new(options.Groups, options.LimitMemory, data, node, time, logging.CreateLogger<AttemptGroups>());
        var processes = new AttemptProcesses(_groups, time, logging.CreateLogger<AttemptProcesses>());
        var supervisor = SupervisorProgram.Install(options.Supervisor, data, logging.CreateLogger<SupervisorProgram>());
        var facts = NodeFacts.Of(node, options.Server, inventory.Resources.Devices);
        _launcher = new(data, facts, supervisor, checkpoints, _groups, processes, AgentEnvironment(), time);
        var (retention, disk) = (new Retention(), new DiskReserve(options.DiskReserve, data.Root));
        var archive = new AttemptArchive(
            ArchiveLimits.Default with { LargestFile = options.LogLimit ?? long.MaxValue }, retention, disk,
            () => _outbox.UnacknowledgedEnds, time, logging.CreateLogger<AttemptArchive>());
        _attempts = new(
            new(data, _launcher, checkpoints, _exits, processes, _groups, new(time), _outbox, files, time, logging), archive,
            logging.CreateLogger<Attempts>());
        _logLimit = new(options.LogLimit, data, () => _attempts.Running, time, logging.CreateLogger<LogLimit>());
        _lease = new(time, StopForLostLeaseAsync);
        _channel = new(options.Server, Environment.GetEnvironmentVariable("GPUSCHED_TOKEN"), Environment.GetEnvironmentVariable);
        var kept = new CheckpointFolders(
            options.KeepCheckpoints, retention, disk, data, () => _attempts.Running, files, time,
            logging.CreateLogger<CheckpointFolders>());
        var settings = new SessionSettings(
            node, Version(), ProcFs.BootId(), inventory.Resources, NodeAddress.Of(options.Address, Environment.MachineName))
        {
            Readings = inventory.Readings,
        };
        var services = new SessionServices(
            settings, _attempts, _outbox, new(data, node, _attempts), kept, retention, _lease, files, time, logging);
        _sessions = new(services, _channel);
        _housekeeping = time.CreateTimer(
            _ => _ = files.RunAsync(archive.RemoveOld), null, HousekeepingInterval, HousekeepingInterval);
    }

    /// <summary>Until told to stop: then attempts are left running, unless the command line says otherwise.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await _attempts.RecoverAsync(BootRecord.HasRebooted(_data, ProcFs.BootId()));
        BootRecord.Write(_data, ProcFs.BootId());
        _logLimit.Start();
        using var leaving = new CancellationTokenSource();
        var sessions = _sessions.RunAsync(leaving.Token);
        await Task.WhenAny(sessions, Task.Delay(Timeout.InfiniteTimeSpan, _time, stopping));
        if (_options.StopAttemptsOnExit)
        {
            await _attempts.StopAllAsync(EndCause.Drained, "the worker is shutting down");
            await _outbox.WaitUntilEmptyAsync(FlushPatience);
        }

        await leaving.CancelAsync();
        await sessions;
    }

    public async ValueTask DisposeAsync()
    {
        await _housekeeping.DisposeAsync();
        _logLimit.Dispose();
        _lease.Dispose();
        await _attempts.DisposeAsync();
        _channel.Dispose();
        _exits.Dispose();
        await _outbox.DisposeAsync();
        _groups.Dispose();
    }

    private Task StopForLostLeaseAsync() =>
        _attempts.StopAllAsync(EndCause.NodeLost, "the node's lease ran out and the scheduler had asked for a stop in that case");

    private static Dictionary<string, string> AgentEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    private static string Version() =>
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
