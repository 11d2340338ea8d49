namespace GpuScheduler.Worker.Housekeeping;

/// <summary>How much of the past a worker keeps.</summary>
/// <param name="Age">Since the attempt's end.</param>
/// <param name="Count">Attempt folders.</param>
/// <param name="Bytes">Output kept in attempt folders, all together.</param>
/// <param name="LargestFile">A file can't take more of the disk: the rest was cut out of it.</param>
internal sealed record ArchiveLimits(TimeSpan Age, int Count, long Bytes, long LargestFile)
{
    public static readonly ArchiveLimits Default = new(TimeSpan.FromDays(7), 50_000, 20L << 30, long.MaxValue);
}
