namespace GpuScheduler.Core.Config;

/// <summary>How stopping jobs for others is bounded.</summary>
public sealed record PreemptionConfig
{
    /// <summary>
    /// Jobs of each tier, from the head of the queue, for which a cycle looks for others to stop; 0: none, loans included.
    /// </summary>
    public int Depth { get; init; } = 4;

    /// <summary>An attempt that has run for less is left alone. A loan is given back even so.</summary>
    public TimeSpan MinRun { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A job that was stopped for another is left alone for this long after its next start, and borrows nothing until
    /// as much has passed since it was stopped.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What stopping an attempt costs beyond the work lost: loading a model, reading a checkpoint.</summary>
    public TimeSpan RestartCost { get; init; } = TimeSpan.FromMinutes(1);
}
