namespace GpuScheduler.Benchmarks.Cycles;

/// <summary>A pool and its queue.</summary>
/// <param name="Devices">Cards, eight a node.</param>
/// <param name="Waiting">Jobs, array elements counted one by one.</param>
/// <param name="Mix">What they are like.</param>
public sealed record CycleCase(int Devices, int Waiting, Mix Mix)
{
    /// <summary>Different requests.</summary>
    public int Kinds { get; init; } = 300;

    /// <summary>Of each array; 1: every job is a submission of its own.</summary>
    public int Elements { get; init; } = 1;

    /// <summary>Whose jobs they are, in turn; each of several has few of the kinds, and arguments of its own in every job.</summary>
    public int Users { get; init; } = 1;

    /// <summary>Whether jobs have time limits.</summary>
    public bool IsLimited => Mix is Mix.Limited or Mix.Gangs or Mix.Hours;
}
