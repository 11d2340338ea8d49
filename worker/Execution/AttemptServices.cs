using GpuScheduler.Worker.Checkpoints;
using GpuScheduler.Worker.Execution.Groups;
using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Reports;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

/// <summary>What every attempt uses, put together once in Program.cs.</summary>
internal sealed record AttemptServices(
    DataDirectory Data,
    AttemptLauncher Launcher,
    CheckpointFinder Checkpoints,
    ExitNotices Exits,
    AttemptProcesses Processes,
    AttemptGroups Groups,
    OutOfMemoryCount OutOfMemory,
    IReportSink Reports,
    JobFileThreads Files,
    TimeProvider Time,
    ILoggerFactory Logging);
