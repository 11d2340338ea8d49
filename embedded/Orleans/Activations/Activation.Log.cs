using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

internal sealed partial class Activation
{
    [LoggerMessage(
        1, LogLevel.Error, "Activation of {GrainId} failed; the calls that waited for it get this exception, the next call tries anew")]
    private static partial void LogActivationFailed(ILogger logger, Exception exception, GrainId grainId);

    [LoggerMessage(2, LogLevel.Warning, "{GrainId} goes down ({Reason}) although calls still run in it")]
    private static partial void LogCallsOutlasted(ILogger logger, GrainId grainId, DeactivationReasonCode reason);

    [LoggerMessage(3, LogLevel.Error, "OnDeactivateAsync of {GrainId} failed ({Reason}); it goes down all the same")]
    private static partial void LogDeactivationFailed(ILogger logger, Exception exception, GrainId grainId, DeactivationReasonCode reason);

    [LoggerMessage(4, LogLevel.Error, "Disposing {GrainId} or its services failed")]
    private static partial void LogDisposalFailed(ILogger logger, Exception exception, GrainId grainId);
}
