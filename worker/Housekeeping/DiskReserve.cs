namespace GpuScheduler.Worker.Housekeeping;

/// <summary>Room on the data directory's disk that what ended jobs left must not take.</summary>
/// <param name="bytes">Null: a twentieth of the disk, at most 20 GiB.</param>
/// <param name="data">Lies on the disk in question.</param>
internal sealed class DiskReserve(long? bytes, string data)
{
    private const long UsualMost = 20L << 30;
    private const int UsualPart = 20;

    /// <returns>How many bytes too few are free; zero or less: enough are.</returns>
    public long Missing()
    {
        try
        {
            var disk = new DriveInfo(data);
            return (bytes ?? Math.Min(UsualMost, disk.TotalSize / UsualPart)) - disk.AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A disk that can't be asked is no reason to remove anything.
            return 0;
        }
    }

    public bool IsShort => Missing() > 0;
}
