using System.Runtime.InteropServices;
using GpuScheduler.Protos;
using GpuScheduler.Worker.Execution.Native;
using Microsoft.Win32.SafeHandles;

namespace GpuScheduler.Worker.JobFiles;

/// <summary>Where an open file lies, with every link on the way to it followed.</summary>
internal static unsafe class RealPath
{
    private const int Longest = 4096;

    /// <exception cref="IOException">The kernel doesn't tell.</exception>
    public static string Of(SafeFileHandle file) => TargetOf($"/proc/self/fd/{file.DangerousGetHandle()}")
        ?? throw new IOException($"its place can't be told: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    public static bool IsInside(SafeFileHandle file, SafeFileHandle folder) =>
        Of(file).StartsWith(Of(folder).TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <returns>What a link says; null where there is none.</returns>
    public static string? TargetOf(string link)
    {
        var buffer = stackalloc byte[Longest];
        var length = LibC.readlink(link, buffer, Longest);
        return length < 0 ? null : RawText.FromBytes(new ReadOnlySpan<byte>(buffer, (int)length));
    }
}
