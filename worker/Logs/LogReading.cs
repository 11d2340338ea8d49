using Google.Protobuf;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Logs;

/// <summary>One request for a log: reads the file piece by piece, never faster than the receiver takes it.</summary>
internal sealed class LogReading(ReadLog request, string path, Func<bool> mayStillGrow, TimeProvider time)
{
    private const int LongestChunk = 64 << 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="IOException">The file isn't there or can't be read.</exception>
    public async Task SendAsync(Func<LogChunk, CancellationToken, ValueTask> send, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        file.Position = request.TailLines > 0
            ? LogTail.Find(file, request.TailLines)
            : Math.Clamp(request.Offset, 0, file.Length);
        var buffer = new byte[LongestChunk];
        while (true)
        {
            // Asked before reading: what was written before the end is read before the end is believed.
            var mayGrow = request.Follow && mayStillGrow();
            // What was cut out of a log that grew too large reads as zeros without end.
            file.Position = Holes.DataAt(file, file.Position);
            var offset = file.Position;
            var read = await file.ReadAsync(buffer, cancellationToken);
            if (read > 0)
                await send(Chunk(offset, ByteString.CopyFrom(buffer, 0, read)), cancellationToken);
            else if (mayGrow)
                await Task.Delay(Pause, time, cancellationToken);
            else
                break;
        }

        await send(End(request, file.Position, ""), cancellationToken);
    }

    public static LogChunk End(ReadLog request, long offset, string error) =>
        new() { RequestId = request.RequestId, Offset = offset, End = true, Error = error };

    private LogChunk Chunk(long offset, ByteString data) => new() { RequestId = request.RequestId, Offset = offset, Data = data };
}
