using System.Runtime.InteropServices;

namespace GpuScheduler.Common;

/// <summary>A program may be started with input, output or error closed. The next file or connection that it opens gets the free
/// number, and then whatever is printed goes into that.</summary>
internal static partial class StandardStreams
{
    private const int Error = 2;
    private const int GetDescriptorFlags = 1;
    private const int ReadAndWrite = 2;

    /// <summary>Puts the null device where nothing is open. Call it before anything else.</summary>
    public static void Fill()
    {
        for (var stream = 0; stream <= Error; stream++)
        {
            if (GetFlags(stream, GetDescriptorFlags) < 0)
                _ = Open("/dev/null", ReadAndWrite);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int GetFlags(int file, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
