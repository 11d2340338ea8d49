using Orleans.Embedded.Calls;

namespace Orleans.Embedded.Timers;

/// <summary>A timer's callback, waiting for its turn like any call.</summary>
internal sealed class TimerTick(GrainTimer timer) : Request
{
    public override bool Interleaves => timer.Options.Interleave;

    public override bool KeepsAlive => timer.Options.KeepAlive;

    public override bool IsAbandoned => timer.IsDisposed;

    public override Task RunAsync(object target) => timer.RunCallbackAsync();

    public override void Answer()
    {
        // Nobody waits for a tick.
    }

    public override void Fail(Exception exception)
    {
        // When its activation is gone, so is the timer.
    }
}
