namespace GpuScheduler.Core.Config;

/// <summary>How long a pool remembers what is over.</summary>
public sealed record HistoryConfig
{
    /// <summary>Shortest time for which something can be kept: a job's end must have been seen by those who wait for it.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>Longest time that can be said: a hundred years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>
    /// From a job's end until its row, its script, its output in the worker's folder and its last checkpoint there are removed;
    /// 1 h … 36,500 d.
    /// </summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(180);
}
