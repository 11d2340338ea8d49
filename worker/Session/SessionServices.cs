using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Housekeeping;
using GpuScheduler.Worker.JobFiles;
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
    Retention Retention,
    Lease Lease,
    JobFileThreads Files,
    TimeProvider Time,
    ILoggerFactory Logging);
