using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// A fault in one step of one attempt ends that step, told as a warning: never the attempt's report, never the node's work.
/// </summary>
internal sealed partial class StepFence(AttemptKey key, ILogger logger)
{
    private readonly ILogger _logger = logger;

    /// <param name="step">What is being done, for the log: "following its checkpoints".</param>
    /// <param name="work">May throw anything.</param>
    /// <param name="leave">The agent leaves: that is no fault, and goes through.</param>
    /// <returns>False when it failed.</returns>
    public async Task<bool> RunAsync(string step, Func<Task> work, CancellationToken leave)
    {
        try
        {
            await work();
            return true;
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            LogStepFailed(error, key.JobId, key.Attempt, step);
            return false;
        }
    }

    [LoggerMessage(1041, LogLevel.Warning, "Job {JobId} attempt {Attempt}: {Step} failed; the attempt goes on without it")]
    private partial void LogStepFailed(Exception error, string jobId, int attempt, string step);
}
