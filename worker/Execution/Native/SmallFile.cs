using System.Buffers;
using System.Text;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>
/// Reads files that come and go while one looks: those of /proc, of control groups, of attempts. Several are read for every
/// attempt, and .NET's own readers throw for each that is missing, and take three times the calls for each that is not.
/// </summary>
internal static unsafe class SmallFile
{
    private const int FirstBytes = 4096;

    /// <param name="most">Bytes to read at most.</param>
    /// <returns>Null where there is no such file, or it may not be read.</returns>
    public static string? Read(string path, int most = int.MaxValue)
    {
        var file = LibC.open(path, LibC.OpenToRead | LibC.WithoutWaiting);
        if (file < 0)
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBytes, most));
        try
        {
            var length = Fill(file, ref buffer, most);
            return length < 0 ? null : Encoding.UTF8.GetString(buffer, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _ = LibC.close(file);
        }
    }

    /// <returns>How many bytes; negative when the file vanished meanwhile.</returns>
    private static int Fill(int file, ref byte[] buffer, int most)
    {
        var length = 0;
        while (length < most)
        {
            if (length == buffer.Length)
                buffer = Grown(buffer);
            var read = Read(file, buffer.AsSpan(length, Math.Min(buffer.Length, most) - length));
            if (read <= 0)
                return read < 0 ? -1 : length;
            length += read;
        }

        return length;
    }

    private static int Read(int file, Span<byte> target)
    {
        fixed (byte* start = target)
            return (int)LibC.read(file, start, (nuint)target.Length);
    }

    private static byte[] Grown(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
