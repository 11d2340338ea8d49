using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Checkpoints;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.Housekeeping;
using GpuScheduler.Worker.Logs;
using GpuScheduler.Worker.Reports;
using GpuScheduler.Worker.Session;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Stores;

/// <summary>
/// All that is done for one store, in its own folder: attempts, checkpoints, reports, and the lease that they live by. It goes on
/// while another store is in service; its reports then wait for the day on which its own scheduler is met again.
/// </summary>
internal sealed class StoreWork : IAsyncDisposable
{
    private readonly ExitNotices _exits;
    private readonly AttemptGroups _groups;
    private readonly Attempts _attempts;
    private readonly AttemptArchive _archive;
    private readonly LogLimit _logLimit;

    public StoreWork(StoreTools tools, DataDirectory data)
    {
        var (options, time, logging) = (tools.Options, tools.Time, tools.Logging);
        Data = data;
        Mark = StoreMark.Open(data);
        Outbox = new(data.Outbox, time, logging.CreateLogger<Outbox>());
        var checkpoints = new CheckpointFinder(data, tools.Files, time, logging.CreateLogger<CheckpointFinder>());
        _exits = new(data, time, logging.CreateLogger<ExitNotices>());
        _groups = new(options.Groups, options.LimitMemory, data.Root, tools.Node.Name, time, logging.CreateLogger<AttemptGroups>());
        var processes = new AttemptProcesses(_groups, tools.Orphans, time, logging.CreateLogger<AttemptProcesses>());
        var launcher = new AttemptLauncher(data, tools.Node, tools.Supervisor, checkpoints, _groups, processes, tools.Environment, time);
        var disk = new DiskReserve(options.DiskReserve, data.Root);
        _archive = new(
            ArchiveLimits.Default with { LargestFile = options.LogLimit ?? long.MaxValue }, Retention, disk,
            () => Outbox.UnacknowledgedEnds, time, logging.CreateLogger<AttemptArchive>());
        _attempts = new(
            new(data, launcher, checkpoints, _exits, processes, _groups, new(time), Outbox, tools.Files, time, logging), _archive,
            logging.CreateLogger<Attempts>());
        _logLimit = new(options.LogLimit, data, () => _attempts.Running, time, logging.CreateLogger<LogLimit>());
        Lease = new(time, StopForLostLeaseAsync);
        LogFiles = new(data, tools.Node.Name, _attempts);
        Checkpoints = new(
            options.KeepCheckpoints, Retention, disk, data, () => _attempts.Running, tools.Files, time,
            logging.CreateLogger<CheckpointFolders>());
    }

    public DataDirectory Data { get; }

    public StoreMark Mark { get; }

    public Outbox Outbox { get; }

    public IAttempts Attempts => _attempts;

    public Lease Lease { get; }

    public Retention Retention { get; } = new();

    public LogFiles LogFiles { get; }

    public CheckpointFolders Checkpoints { get; }

    /// <summary>What runs, or ended without the scheduler's having heard of it.</summary>
    public IReadOnlyList<HeldAttempt> Held()
    {
        var running = _attempts.Running;
        var ended = Outbox.UnacknowledgedEnds.Except(running);
        return [.. running.Select(key => Wire(key, true)).Concat(ended.Select(key => Wire(key, false)))];
    }

    /// <summary>What runs, as another store is told of it.</summary>
    public IEnumerable<Protos.V1.KeptAttempt> Kept() => _attempts.RunningOrders.Select(order => new Protos.V1.KeptAttempt
    {
        JobId = order.JobId,
        Attempt = order.Attempt,
        CpuCores = order.CpuCores,
        MemoryMib = order.MemoryMib,
        Devices = { order.Devices.Select(uuid => PartOf(order, uuid)) },
    });

    /// <summary>Takes up what an earlier agent left.</summary>
    public async Task OpenAsync(bool rebooted)
    {
        await _attempts.RecoverAsync(rebooted);
        _logLimit.Start();
    }

    /// <summary>What a person has removed from the folder, or the folder itself, is made anew: work goes on in it.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    public void MakeFolders()
    {
        Data.MakeFolders();
        Mark.Keep();
    }

    /// <summary>Only the store in service is asked for its past: a folder that was set aside is kept as it is.</summary>
    public void RemoveOld() => _archive.RemoveOld();

    public void Acknowledge(long sequence)
    {
        Outbox.Acknowledge(sequence);
        Mark.NoteAcknowledged(sequence);
    }

    public async ValueTask DisposeAsync()
    {
        Mark.Keep();
        _logLimit.Dispose();
        Lease.Dispose();
        await _attempts.DisposeAsync();
        _exits.Dispose();
        await Outbox.DisposeAsync();
        _groups.Dispose();
    }

    private Task StopForLostLeaseAsync() =>
        _attempts.StopAllAsync(EndCause.NodeLost, "the node's lease ran out and the scheduler had asked for a stop in that case");

    private static DeviceShare PartOf(Dispatch order, string uuid) => new()
    {
        Uuid = uuid, MilliGpu = order.GpuMilli > 0 ? order.GpuMilli : 1000, MemoryMib = order.GpuMemoryMib,
    };

    private static HeldAttempt Wire(AttemptKey key, bool running) => new() { JobId = key.JobId, Attempt = key.Attempt, Running = running };
}
