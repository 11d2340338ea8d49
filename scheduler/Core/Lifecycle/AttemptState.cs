using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Lifecycle;

/// <summary>An attempt's life, read off its times: it needs no field of its own.</summary>
internal enum AttemptState
{
    /// <summary>Granted; its process has not been seen.</summary>
    Granted,

    /// <summary>Its process was seen.</summary>
    Started,

    /// <summary>Asked to stop, by the scheduler or by its worker.</summary>
    Stopping,

    /// <summary>No process is left, or its node counts as lost.</summary>
    Ended,
}

/// <summary>What a worker can report, without the details.</summary>
internal enum ReportKind
{
    /// <summary>The process runs.</summary>
    Started,

    /// <summary>A checkpoint is finished.</summary>
    Saved,

    /// <summary>The process was asked to stop.</summary>
    Stopping,

    /// <summary>No process is left.</summary>
    Ended,
}

/// <summary>What a report does to an attempt.</summary>
internal enum AttemptMove
{
    /// <summary>Taken.</summary>
    Changed,

    /// <summary>Known already.</summary>
    Duplicate,

    /// <summary>Too late.</summary>
    Illegal,
}

/// <summary>Which reports count in which state. The folder's README shows the table.</summary>
internal static class AttemptTransitions
{
    /// <summary>Where an attempt is in its life.</summary>
    public static AttemptState StateOf(Attempt attempt) => attempt switch
    {
        { EndCause: not null } => AttemptState.Ended,
        { StopCause: not null } => AttemptState.Stopping,
        { StartTime: not null } => AttemptState.Started,
        _ => AttemptState.Granted,
    };

    /// <summary>What a report does in a state. A finished checkpoint is worth having however late it is reported.</summary>
    public static AttemptMove Of(AttemptState state, ReportKind report) => (state, report) switch
    {
        (AttemptState.Granted, _) => AttemptMove.Changed,
        (AttemptState.Started, ReportKind.Started) => AttemptMove.Duplicate,
        (AttemptState.Started, _) => AttemptMove.Changed,
        (AttemptState.Stopping, ReportKind.Stopping) => AttemptMove.Duplicate,
        (AttemptState.Stopping, _) => AttemptMove.Changed,
        (AttemptState.Ended, ReportKind.Saved) => AttemptMove.Changed,
        (AttemptState.Ended, ReportKind.Ended) => AttemptMove.Duplicate,
        (AttemptState.Ended, _) => AttemptMove.Illegal,
        _ => AttemptMove.Illegal,
    };
}
