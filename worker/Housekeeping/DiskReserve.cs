using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Housekeeping;

/// <summary>Room on the data directory's disk that what ended jobs left must not take: bytes, and numbers for files (inodes), of which
/// a disk may have too few while it has bytes left.</summary>
/// <param name="bytes">Null: a twentieth of the disk, at most 20 GiB. 0: no reserve at all.</param>
/// <param name="data">Lies on the disk in question.</param>
internal sealed class DiskReserve(long? bytes, string data)
{
    private const long UsualMost = 20L << 30;
    private const long MostFiles = 1_000_000;
    private const int UsualPart = 20;

    /// <returns>How much too little is free; enough is where neither is above zero.</returns>
    public DiskRoom Missing()
    {
        try
        {
            return bytes == 0 ? DiskRoom.Enough : new(MissingBytes(), MissingFiles());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A disk that can't be asked is no reason to remove anything.
            return DiskRoom.Enough;
        }
    }

    public bool IsShort => Missing().IsShort;

    private long MissingBytes()
    {
        var disk = new DriveInfo(data);
        return (bytes ?? Math.Min(UsualMost, disk.TotalSize / UsualPart)) - disk.AvailableFreeSpace;
    }

    /// <summary>Where a disk makes them as they are needed it names none, and none can run out.</summary>
    private long MissingFiles() => FileNumbers.Of(data) is { Total: > 0 } numbers
        ? Math.Min(MostFiles, numbers.Total / UsualPart) - numbers.Free
        : 0;
}

/// <summary>An amount of room on a disk.</summary>
/// <param name="Bytes">Bytes.</param>
/// <param name="Files">Files and folders.</param>
internal readonly record struct DiskRoom(long Bytes, long Files)
{
    public static DiskRoom Enough => default;

    /// <summary>Of what is missing: there is something.</summary>
    public bool IsShort => Bytes > 0 || Files > 0;

    public static DiskRoom operator -(DiskRoom left, DiskRoom right) => new(left.Bytes - right.Bytes, left.Files - right.Files);
}
