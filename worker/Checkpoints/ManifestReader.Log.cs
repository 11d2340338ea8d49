using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

internal sealed partial class ManifestReader
{
    [LoggerMessage(3001, LogLevel.Warning, "A line of {Manifest} doesn't count as a checkpoint: {Problem}")]
    private partial void LogLineRejected(string manifest, string problem);
}
