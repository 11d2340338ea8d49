using System.Text;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Logs;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Logs;

public sealed class LogTests
{
    [Theory]
    [InlineData("", 3, "")]
    [InlineData("a\nb\nc\n", 2, "b\nc\n")]
    [InlineData("a\nb\nc", 2, "b\nc")]
    [InlineData("a\nb\n", 5, "a\nb\n")]
    [InlineData("\n\n\n", 1, "\n")]
    public void The_last_lines_are_found(string text, int lines, string expected)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, text[(int)LogTail.Find(file, lines)..]);
    }

    [Fact]
    public void The_last_lines_of_a_large_file_are_found()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"line {i}\n"));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));

        Assert.Equal(text.IndexOf("line 20000\n", StringComparison.Ordinal), LogTail.Find(file, 30_000));
    }

    [Fact]
    public async Task Following_ends_with_the_attempt_and_misses_nothing()
    {
        await using var worker = await TestWorker.StartAsync();
        var go = Path.Combine(worker.Folder.Path, "go");
        var job = A.Shell($"echo first; while [ ! -e {go} ]; do sleep 0.02; done; echo last");
        await worker.Talk.DispatchAsync(job);
        await worker.Talk.StartOfAsync(job);

        await worker.Talk.SayAsync(new() { ReadLog = Read(job, follow: true) });
        await worker.Talk.UntilAsync(_ => Text(worker) == "first\n", "the first line");
        File.WriteAllText(go, "");
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "the log's end");

        Assert.Equal("first\nlast\n", Text(worker));
    }

    [Fact]
    public async Task A_log_is_read_in_pieces_from_an_offset()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("head -c 300000 /dev/zero");
        await worker.RunAsync(job);
        var request = Read(job);
        request.Offset = 100_000;

        await worker.Talk.SayAsync(new() { ReadLog = request });
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "the log's end");

        Assert.Equal(200_000, Chunks(worker).Sum(chunk => chunk.Data.Length));
        Assert.All(Chunks(worker), chunk => Assert.InRange(chunk.Data.Length, 0, 64 * 1024));
        Assert.Equal((100_000L, 300_000L), (Chunks(worker)[0].Offset, Chunks(worker)[^1].Offset));
    }

    [Fact]
    public async Task A_log_that_is_not_here_is_answered_with_the_reason()
    {
        await using var worker = await TestWorker.StartAsync();

        await worker.Talk.SayAsync(new() { ReadLog = Read(A.Command("true")) });
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "an answer");

        Assert.Contains("node-a keeps no output", Chunks(worker)[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_a_log_leaves_the_session_as_it_was()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("echo first; exec sleep 1000");
        await worker.Talk.DispatchAsync(job);
        await worker.Talk.SayAsync(new() { ReadLog = Read(job, follow: true) });
        await worker.Talk.UntilAsync(_ => Text(worker) == "first\n" || Chunks(worker).Any(chunk => chunk.End), "the first line");

        await worker.Talk.SayAsync(new() { StopLog = new() { RequestId = "r" } });
        await worker.RunAsync(A.Command("true"));

        Assert.Single(worker.Talk.Hellos);
    }

    private static ReadLog Read(Dispatch job, bool follow = false) =>
        new() { RequestId = "r", JobId = job.JobId, Attempt = job.Attempt, Follow = follow };

    private static IReadOnlyList<LogChunk> Chunks(TestWorker worker) =>
        [.. worker.Talk.Heard.Where(message => message.LogChunk is not null).Select(message => message.LogChunk)];

    private static string Text(TestWorker worker) => string.Concat(Chunks(worker).Select(chunk => chunk.Data.ToStringUtf8()));
}
