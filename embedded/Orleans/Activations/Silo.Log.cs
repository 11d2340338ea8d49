using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

internal sealed partial class Silo
{
    [LoggerMessage(10, LogLevel.Warning, "{Method} on {GrainId} failed, and nobody waits for it")]
    private static partial void LogOneWayCallFailed(ILogger logger, Exception exception, string method, GrainId grainId);
}
