using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Logs;

internal sealed partial class LogLimit
{
    [LoggerMessage(4011, LogLevel.Debug, "{Path} is over the limit: {Bytes} bytes in its middle are cut out")]
    private partial void LogCut(string path, long bytes);

    [LoggerMessage(4012, LogLevel.Warning, "{Path} is over the limit and could not be cut")]
    private partial void LogNotCut(Exception error, string path);

    [LoggerMessage(
        4013, LogLevel.Warning, "{Path} and perhaps others are over the limit; this file system can't give back a file's middle")]
    private partial void LogCannotCut(string path);
}
