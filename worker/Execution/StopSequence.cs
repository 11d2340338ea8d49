using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Checkpoints;

namespace GpuScheduler.Worker.Execution;

/// <summary>Ends one attempt: ask for a checkpoint, TERM, KILL, each step only where the one before wasn't enough.</summary>
internal sealed class StopSequence(
    AttemptFolder folder, Supervisor supervisor, AttemptServices services, StepFence fence, CheckpointAsk? ask, CheckpointNews? news)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The part of the grace that a checkpoint may take; the rest is for the job to end on TERM.</summary>
    private const double CheckpointShare = 2.0 / 3;

    /// <summary>
    /// Ends when the supervisor has recorded the exit or is gone. Leftovers of a job that ended in time keep the grace too.
    /// </summary>
    public async Task RunAsync(StopAttempt stop, StopOrder order, Task<ExitRecord> exit, CancellationToken leave)
    {
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(order.KillTime, leave);
        if (stop.CheckpointFirst)
            await fence.RunAsync("asking it for a checkpoint", () => AskAsync(stop, order, exit, grace.Token), leave);
        await fence.RunAsync("asking it to end", TerminateAsync, leave);
        await UntilGoneAsync(exit, grace.Token);
        leave.ThrowIfCancellationRequested();
        await services.Processes.KillUntilAsync(folder, supervisor, () => exit.IsCompleted, leave);
    }

    private Task TerminateAsync()
    {
        services.Processes.Terminate(folder, supervisor);
        return Task.CompletedTask;
    }

    private async Task AskAsync(StopAttempt stop, StopOrder order, Task<ExitRecord> exit, CancellationToken grace)
    {
        if (ask is null || news is null)
            return;
        using var patience = new CancellationTokenSource(order.Left * CheckpointShare, services.Time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, grace);
        var saved = news.WaitForNextAsync(waiting.Token);
        await ask.PlaceAsync(CheckpointAsk.Why(stop.Cause));
        await Task.WhenAny(exit, saved);
        await waiting.CancelAsync();
        await saved.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// A batch script dies of TERM at once while the program that it called still saves its work: that one gets the grace.
    /// </summary>
    private async Task UntilGoneAsync(Task<ExitRecord> exit, CancellationToken grace)
    {
        try
        {
            await exit.WaitAsync(grace);
            while (services.Processes.AnyLeft(folder, supervisor))
                await Task.Delay(Pause, services.Time, grace);
        }
        catch (OperationCanceledException)
        {
            // The grace is over, or the agent leaves: the caller tells which.
        }
    }
}
