using System.ComponentModel;
using System.Runtime.CompilerServices;
using Xunit;

namespace GpuScheduler.Testing.Disks;

/// <summary>A test that needs to mount a file system; skipped, and said so, where that isn't allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly bool s_isAllowed = TryMount();

    public SmallDiskFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!s_isAllowed)
            Skip = "needs root and the right to mount a tmpfs";
    }

    private static bool TryMount()
    {
        try
        {
            new SmallDisk(1).Dispose();
            return true;
        }
        catch (Exception refused) when (refused is InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }
}
