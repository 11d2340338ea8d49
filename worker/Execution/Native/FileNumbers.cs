namespace GpuScheduler.Worker.Execution.Native;

/// <summary>Numbers for files (inodes) on a disk: how many there can be, and how many an ordinary user may still take.</summary>
/// <param name="Total">0: the disk makes them as they are needed.</param>
internal readonly record struct FileNumbers(long Total, long Free)
{
    // struct statvfs on 64-bit Linux: eleven words; the sixth is the total, the eighth what others than root may take.
    private const int Words = 32;
    private const int TotalAt = 5;
    private const int FreeAt = 7;

    /// <returns>Null where the system doesn't tell.</returns>
    public static unsafe FileNumbers? Of(string path)
    {
        if (nint.Size != sizeof(long)) return null;
        var answer = stackalloc long[Words];
        return LibC.statvfs(path, answer) == 0 ? new(answer[TotalAt], answer[FreeAt]) : null;
    }
}
