namespace GpuScheduler.Host.Watching;

internal static partial class WatchingLog
{
    [LoggerMessage(2201, LogLevel.Warning, "Watching the pool failed; trying again")]
    public static partial void RenewFailed(ILogger logger, Exception failure);
}
