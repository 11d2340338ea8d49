using Google.Protobuf;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.JobFiles;

namespace GpuScheduler.Worker.Logs;

/// <summary>One request for a log: reads the file piece by piece, never faster than the receiver takes it.</summary>
internal sealed class LogReading(ReadLog request, LogFile log, Func<bool> mayStillGrow, JobFileThreads files, TimeProvider time)
{
    private const int LongestChunk = 64 << 10;
    private const string Shrunk = "the file has become shorter: something has emptied it; reading on from its beginning";
    private const string ThrownAway = "the job sent its output to /dev/null: none is kept";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly byte[] _buffer = new byte[LongestChunk];

    /// <exception cref="IOException">The file isn't there, is no regular file or can't be read.</exception>
    public async Task SendAsync(Func<LogChunk, CancellationToken, ValueTask> send, CancellationToken cancellationToken)
    {
        if (log.IsThrownAway)
        {
            await send(Remark(ThrownAway), cancellationToken);
            await send(End(request, request.Offset, ""), cancellationToken);
            return;
        }

        using var file = await files.RunAsync(Open).WaitAsync(cancellationToken);
        if (log.Remark.Length > 0 && request.Offset == 0)
            await send(Remark(log.Remark), cancellationToken);
        while (true)
        {
            // Asked before reading: what was written before the end is read before the end is believed.
            var mayGrow = request.Follow && mayStillGrow();
            var (offset, read, isShorter) = await files.RunAsync(() => Read(file)).WaitAsync(cancellationToken);
            if (isShorter)
                await send(Remark(Shrunk), cancellationToken);
            if (read > 0)
                await send(Chunk(offset, ByteString.CopyFrom(_buffer, 0, read)), cancellationToken);
            else if (mayGrow)
                await Task.Delay(Pause, time, cancellationToken);
            else
                break;
        }

        await send(End(request, file.Position, ""), cancellationToken);
    }

    public static LogChunk End(ReadLog request, long offset, string error) =>
        new() { RequestId = request.RequestId, Offset = offset, End = true, Error = error };

    private FileStream Open()
    {
        var file = JobFile.TryOpen(log.Path) ?? throw new IOException($"{log.Path} isn't there: moved, removed, or never written");
        var stream = new FileStream(file, FileAccess.Read, 1);
        // An offset behind the end stays: the file was emptied since the reader was last here, and that is told.
        stream.Position = request.TailLines > 0 ? LogTail.Find(stream, request.TailLines) : Math.Max(0, request.Offset);
        return stream;
    }

    private (long Offset, int Read, bool IsShorter) Read(FileStream file)
    {
        var isShorter = file.Length < file.Position;
        if (isShorter)
            file.Position = 0;
        // What was cut out of a log that grew too large reads as zeros without end.
        file.Position = Holes.DataAt(file, file.Position);
        return (file.Position, file.Read(_buffer), isShorter);
    }

    private LogChunk Remark(string text) => new() { RequestId = request.RequestId, Offset = request.Offset, Remark = text };

    private LogChunk Chunk(long offset, ByteString data) => new() { RequestId = request.RequestId, Offset = offset, Data = data };
}
