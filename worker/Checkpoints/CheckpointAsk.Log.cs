using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Checkpoints;

internal sealed partial class CheckpointAsk
{
    [LoggerMessage(3031, LogLevel.Warning, "The checkpoint request could not be placed in {Directory}: {Problem}")]
    private partial void LogRequestNotPlaced(string directory, string problem);

    [LoggerMessage(3032, LogLevel.Warning, "checkpoint.signal '{Signal}' is not sent; allowed: {Allowed}")]
    private partial void LogUnknownSignal(string signal, string allowed);
}
