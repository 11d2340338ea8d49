namespace GpuScheduler.Worker.Tests.Fixture;

/// <summary>A test that needs to mount a file system; skipped, and said so, where that isn't allowed.</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly bool IsAllowed = TryMount();

    public SmallDiskFactAttribute()
    {
        if (!IsAllowed)
            Skip = "needs root and the right to mount a tmpfs";
    }

    private static bool TryMount()
    {
        try
        {
            new SmallDisk(1).Dispose();
            return true;
        }
        catch (Exception refused) when (refused is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
