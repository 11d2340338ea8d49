using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Logs;

/// <summary>Finds where the last lines of a file begin, reading backwards in blocks: the file's size doesn't matter.</summary>
internal static class LogTail
{
    private const int BlockLength = 64 << 10;

    /// <returns>The byte at which the last lines begin; a line end at the very end starts no new line.</returns>
    public static long Find(Stream file, int lines)
    {
        var block = new byte[BlockLength];
        var length = file.Length;
        var wanted = lines;
        for (var end = length; end > 0; end = Math.Max(0, end - BlockLength))
        {
            var start = Math.Max(0, end - BlockLength);
            // Behind a part that was cut out no line is worth the walk through it.
            if (Holes.DataAt(file, start) >= end)
                return end;
            file.Position = start;
            var read = file.ReadAtLeast(block.AsSpan(0, (int)(end - start)), (int)(end - start), throwOnEndOfStream: false);
            for (var i = read - 1; i >= 0; i--)
            {
                if (block[i] == '\n' && start + i != length - 1 && --wanted == 0)
                    return start + i + 1;
            }
        }

        return 0;
    }
}
