using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution.Supervision;

internal sealed partial class SupervisorProgram
{
    [LoggerMessage(1045, LogLevel.Information, "{Path} doesn't run here: attempts are supervised by a shell, which is slower: {Why}")]
    private static partial void LogNotUsable(ILogger logger, string path, string why);
}
