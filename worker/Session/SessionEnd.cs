namespace GpuScheduler.Worker.Session;

/// <summary>How a session that had come about ended.</summary>
internal enum SessionEnd
{
    /// <summary>Soon: whatever ended it would end the next one, too.</summary>
    Early,

    /// <summary>After it had worked for a while.</summary>
    Late,

    /// <summary>Another worker on this data directory has taken it.</summary>
    Taken,
}
