using System.Text;
using GpuScheduler.Protos.V1;
using GpuScheduler.Testing.Disks;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Logs;

public sealed class LogLimitTests
{
    private const int Mib = 1 << 20;


    [SmallDiskFact]
    public async Task A_flood_of_output_keeps_its_beginning_and_its_end_and_does_not_fill_the_disk()
    {
        using var disk = new SmallDisk(24);
        await using var worker = await TestWorker.StartAsync(
            adjust: options => options with { LogLimit = 4 * Mib }, data: Path.Combine(disk.Path, "data"));
        var go = Path.Combine(worker.Folder.Path, "go");
        var step = "i=0; while [ $i -lt 9 ]; do i=$((i+1)); seq -f 'line %010.0f of the flood' 1 200000; "
            + $"while [ ! -e {go}.$i ]; do sleep 0.02; done; done; echo last line";
        var job = A.Shell(step);
        await worker.Talk.DispatchAsync(job);
        var output = Path.Combine(worker.Data.Attempts, $"{job.JobId}.1", "stdout");
        for (var i = 1; i <= 9; i++)
        {
            var round = i;
            await Processes.UntilAsync(
                () => File.Exists(output) && new FileInfo(output).Length >= round * 5_000_000L, "the next part of the flood");
            await Processes.UntilAsync(() => FreeMib(disk) > 18, "room on the disk again");
            File.WriteAllText($"{go}.{i}", "");
        }

        var ended = await worker.Talk.EndOfAsync(job);
        var log = await ReadAsync(worker, new() { RequestId = "all", JobId = job.JobId, Attempt = 1 });
        var tail = await ReadAsync(worker, new() { RequestId = "tail", JobId = job.JobId, Attempt = 1, TailLines = 2 });

        Assert.Equal((EndCause.Exited, 0), (ended.Cause, ended.ExitCode));
        Assert.StartsWith("line 0000000001 of the flood\n", log, StringComparison.Ordinal);
        Assert.EndsWith("last line\n", log, StringComparison.Ordinal);
        Assert.Contains("bytes of output were cut out here; the worker's --log-limit is 4194304 bytes]\n", log, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', log);
        Assert.InRange(log.Length, 2 * Mib, 10 * Mib);
        Assert.Equal("line 0000200000 of the flood\nlast line\n", tail);
    }

    private static long FreeMib(SmallDisk disk) => new DriveInfo(disk.Path).AvailableFreeSpace / Mib;

    private static async Task<string> ReadAsync(TestWorker worker, ReadLog request)
    {
        await worker.Talk.SayAsync(new() { ReadLog = request });
        IEnumerable<LogChunk> Chunks() =>
            worker.Talk.Heard.Select(message => message.LogChunk).Where(chunk => chunk?.RequestId == request.RequestId);
        await worker.Talk.UntilAsync(_ => Chunks().Any(chunk => chunk.End), "the log's end");
        return string.Concat(Chunks().Select(chunk => Encoding.UTF8.GetString(chunk.Data.Span)));
    }
}
