using Orleans.Runtime;

namespace Orleans.Embedded.Timers;

/// <summary>The timers of one activation, which end with it.</summary>
internal sealed class ActivationTimers
{
    private readonly Lock _gate = new();
    private readonly HashSet<GrainTimer> _timers = [];
    private bool _ended;

    public IGrainTimer Start(GrainTimer timer, GrainTimerCreationOptions options)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, typeof(IGrainTimer));
            _timers.Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Remove(GrainTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    /// <summary>Ends all of them and takes no more.</summary>
    public void End()
    {
        GrainTimer[] left;
        lock (_gate)
        {
            _ended = true;
            left = [.. _timers];
        }

        foreach (var timer in left)
            timer.Dispose();
    }
}
