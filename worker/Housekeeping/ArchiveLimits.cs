namespace GpuScheduler.Worker.Housekeeping;

/// <summary>How much of the past a worker keeps.</summary>
/// <param name="Age">Since the attempt's end. Output of completed jobs stays for longer, while there is room.</param>
/// <param name="Count">Attempt folders without output of a completed job.</param>
/// <param name="Bytes">Output kept in attempt folders, all together; that of completed jobs only when room is short.</param>
/// <param name="LargestFile">A file can't take more of the disk: the rest was cut out of it.</param>
internal sealed record ArchiveLimits(TimeSpan Age, int Count, long Bytes, long LargestFile)
{
    public static readonly ArchiveLimits Default = new(TimeSpan.FromDays(7), 50_000, 20L << 30, long.MaxValue);

    /// <summary>Attempt folders with output of a completed job: a worker looks at each of them when it starts.</summary>
    public int CompletedCount { get; init; } = 200_000;
}
