using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Housekeeping;
using GpuScheduler.Worker.Logs;
using GpuScheduler.Worker.Reports;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

/// <summary>What every session uses; it outlives them all.</summary>
internal sealed record SessionServices(
    SessionSettings Settings,
    IAttempts Attempts,
    Outbox Outbox,
    LogFiles LogFiles,
    CheckpointFolders Checkpoints,
    Lease Lease,
    TimeProvider Time,
    ILoggerFactory Logging);
