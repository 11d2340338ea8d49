namespace GpuScheduler.Core.Model;

/// <summary>What a person did to a job, a machine or a card; kept with it, so that the record names the person.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="User">Who asked, as the caller named itself; empty: it did not say.</param>
/// <param name="Time">When the scheduler took it.</param>
public sealed record Act(ActKind Kind, string User, DateTimeOffset Time)
{
    /// <summary>As many as are kept of one job or machine: the newest.</summary>
    public const int MostKept = 8;

    /// <summary>The card, where it was one card of a machine; empty otherwise.</summary>
    public string Card { get; init; } = "";

    /// <summary>The reason given; may be empty.</summary>
    public string Why { get; init; } = "";

    /// <summary>The older ones that are still kept, and this.</summary>
    public IReadOnlyList<Act> After(IReadOnlyList<Act> older) =>
        [.. older.TakeLast(MostKept - 1), this];
}

/// <summary>What people do. Values are stored: append only, never renumber.</summary>
public enum ActKind
{
    /// <summary>Asked for a job's end.</summary>
    Cancelled = 1,

    /// <summary>Kept a job from starting.</summary>
    Held = 2,

    /// <summary>Let a held job start.</summary>
    Released = 3,

    /// <summary>Queued a job again.</summary>
    Requeued = 4,

    /// <summary>Took a machine or card out of service.</summary>
    Drained = 5,

    /// <summary>Put it back.</summary>
    Resumed = 6,
}
