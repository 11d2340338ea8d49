using GpuScheduler.Worker.JobFiles;
using GpuScheduler.Worker.Stores;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Session;

/// <summary>What every session uses; it outlives them all.</summary>
/// <param name="Chance">Numbers from 0 up to, not including, 1: they spread the tries of many workers.</param>
internal sealed record SessionServices(
    SessionSettings Settings, StoreShelf Stores, JobFileThreads Files, TimeProvider Time, Func<double> Chance, ILoggerFactory Logging);
