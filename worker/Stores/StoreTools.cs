using System.Collections;
using GpuScheduler.Worker.CommandLine;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Execution.Supervision;
using GpuScheduler.Worker.JobFiles;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Stores;

/// <summary>What the work for all stores shares: the machine's.</summary>
/// <param name="Orphans">Of every attempt: the kernel hands them over without asking whose they are.</param>
internal sealed record StoreTools(
    WorkerOptions Options, NodeFacts Node, SupervisorProgram Supervisor, Orphans Orphans, JobFileThreads Files, TimeProvider Time,
    ILoggerFactory Logging)
{
    /// <summary>What attempts may inherit.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } = System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
