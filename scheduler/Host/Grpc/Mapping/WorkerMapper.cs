using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>What workers say. A message that can't be understood ends the session with INVALID_ARGUMENT.</summary>
internal static class WorkerMapper
{
    private const string AttemptAllowed = "a job id and an attempt of at least 1";

    public static PoolInput.NodeJoined Joined(Wire.WorkerHello hello, string session, string peer) => new(
        new NodeId(hello.Node),
        session,
        hello.BootId,
        hello.Version,
        Inventory(hello.Inventory ?? throw BadRequest.Of("inventory", "", "the machine's cores, memory and devices"), hello.Address),
        [.. hello.Attempts.Select(held => new HeldAttempt(Attempt(held.JobId, held.Attempt), held.Running))])
    {
        Served = KeptMapper.Served(hello.Store),
        OnlyStore = hello.OnlyStore,
        Instance = hello.Instance,
        Folder = hello.Folder,
        Peer = peer,
        Kept = KeptMapper.Kept(hello.KeptStores),
    };

    /// <summary>A report that can't be understood is passed over: to end the session for it would bring it again, for ever.</summary>
    /// <param name="node">Who reports.</param>
    /// <param name="report">What it said.</param>
    /// <param name="wrong">What can't be understood; null: nothing.</param>
    public static PoolInput.Reported Reported(NodeId node, Wire.Report report, out Fault? wrong)
    {
        wrong = null;
        if (!TryAttempt(report.JobId, report.Attempt, out var attempt))
            wrong = new Fault("report.attempt", $"{report.JobId}#{report.Attempt}", AttemptAllowed);
        if (Event(report) is not { } happened)
            wrong = new Fault("report.event", report.EventCase.ToString(), "started, ended, checkpoint or stopping");
        else if (wrong is null) return new(node, report.Sequence, attempt, Time(report), happened);
        return PoolInput.Reported.PassedOver(node, report.Sequence);
    }

    /// <summary>Without a time it happened at some time before it arrived.</summary>
    private static DateTimeOffset Time(Wire.Report report) =>
        report.Time is { } time ? WireTimes.Moment(time) : DateTimeOffset.MinValue;

    private static AttemptEvent? Event(Wire.Report report) => report.EventCase switch
    {
        Wire.Report.EventOneofCase.Started => new AttemptEvent.Started(
            report.Started.HasResumedFromStep ? report.Started.ResumedFromStep : null),
        Wire.Report.EventOneofCase.Ended => new AttemptEvent.Ended(
            Cause(report.Ended),
            report.Ended.HasExitCode ? report.Ended.ExitCode : null,
            report.Ended.HasSignal ? report.Ended.Signal : null,
            report.Ended.Message),
        Wire.Report.EventOneofCase.Checkpoint => new AttemptEvent.Saved(Checkpoint(report.Checkpoint, report)),
        Wire.Report.EventOneofCase.Stopping => new AttemptEvent.Stopping(EnumMapper.FromWire(report.Stopping.Cause)),
        _ => null,
    };

    private static EndCause Cause(Wire.AttemptEnded ended) => (ended.Cause, ended.LaunchFault) switch
    {
        (Wire.EndCause.LaunchFailed, Wire.LaunchFault.Missing) => EndCause.NotHere,
        (Wire.EndCause.LaunchFailed, Wire.LaunchFault.Job) => EndCause.Unstartable,
        var (cause, _) => EnumMapper.FromWire(cause),
    };

    private static Checkpoint Checkpoint(Wire.Checkpoint saved, Wire.Report report) => new(
        saved.Step, saved.Path, saved.Bytes, saved.Sha256, saved.Time is { } time ? WireTimes.Moment(time) : Time(report));

    private static bool TryAttempt(string job, int attempt, out AttemptId id)
    {
        var read = JobId.TryParse(job, out var known) & attempt > 0;
        id = new AttemptId(known, attempt);
        return read;
    }

    private static AttemptId Attempt(string job, int attempt) =>
        TryAttempt(job, attempt, out var id) ? id : throw BadRequest.Of("attempt", $"{job}#{attempt}", AttemptAllowed);

    private static NodeInventory Inventory(Wire.Inventory inventory, string address) => new(
        inventory.CpuCores,
        inventory.MemoryMib,
        inventory.ReservedCores,
        [.. inventory.Devices.Select((device, index) => DeviceMapper.Announced(device, index, inventory))])
    {
        Labels = inventory.Labels.ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal),
        Address = address,
        Power = inventory.Power is { } power
            ? new NodePower(
                power.HasBudgetWatts ? power.BudgetWatts : null, power.HasSupplyWatts ? power.SupplyWatts : null, power.BaseWatts)
            : NodePower.Unbounded,
    };
}
