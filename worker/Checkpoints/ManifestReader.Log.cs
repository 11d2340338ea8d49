using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

internal sealed partial class ManifestReader
{
    [LoggerMessage(3001, LogLevel.Warning,
        "A line of {Manifest} doesn't count as a checkpoint: {Problem}: {Line}. More lines like it are counted, not told one by one")]
    private partial void LogLineRejected(string manifest, string problem, string line);

    [LoggerMessage(3002, LogLevel.Warning, "{Manifest}: lines that did not count as a checkpoint: {Counts}")]
    private partial void LogCounts(string manifest, string counts);
}
