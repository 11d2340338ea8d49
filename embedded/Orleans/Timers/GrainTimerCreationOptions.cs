using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer fires, and how it shares its activation with calls.</summary>
public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Until the first callback; infinite: not before <c>Change</c> says so.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of one callback to the start of the next; infinite: once only.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether the callback may start while calls run. False: it waits for its turn.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a callback counts as use of the activation, which puts its collection off.</summary>
    public bool KeepAlive { get; init; }
}
