using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Stores;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

/// <summary>What every session uses; it outlives them all.</summary>
internal sealed record SessionServices(
    SessionSettings Settings, StoreShelf Stores, JobFileThreads Files, TimeProvider Time, ILoggerFactory Logging);
