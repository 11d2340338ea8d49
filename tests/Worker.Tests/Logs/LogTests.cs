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

    [Theory]
    [InlineData(false, "hi\n")]
    [InlineData(true, "")]
    public async Task A_log_is_read_where_the_launch_wrote_it_and_not_where_a_later_link_leads(bool isReplaced, string expected)
    {
        await using var worker = await TestWorker.StartAsync();
        var target = worker.Folder.File("target", "");
        var link = File.CreateSymbolicLink(Path.Combine(worker.Folder.Path, "link"), target).FullName;
        var job = A.Shell("echo hi").With(job => job.Spec.Output = link);
        await worker.RunAsync(job);
        if (isReplaced)
        {
            File.Delete(target);
            File.CreateSymbolicLink(target, "/etc/hostname");
        }

        await worker.Talk.SayAsync(new() { ReadLog = Read(job) });
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "the log's end");

        Assert.Equal((expected, isReplaced), (Text(worker), Chunks(worker).Any(chunk => chunk.Error.Length > 0)));
    }

    [Fact]
    public async Task Output_that_was_thrown_away_is_told_in_words()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("echo hi").With(job => job.Spec.Output = "/dev/null");
        await worker.RunAsync(job);

        await worker.Talk.SayAsync(new() { ReadLog = Read(job) });
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "the log's end");

        Assert.Contains(Chunks(worker), chunk => chunk.Remark == "the job sent its output to /dev/null: none is kept");
        Assert.DoesNotContain(Chunks(worker), chunk => chunk.Error.Length > 0);
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

    [Fact]
    public async Task A_file_that_shrank_is_read_from_its_beginning_with_a_remark()
    {
        await using var worker = await TestWorker.StartAsync();
        var (go, output) = (Path.Combine(worker.Folder.Path, "go"), Path.Combine(worker.Folder.Path, "out"));
        var job = A.Shell($"echo 12345; while [ ! -e {go} ]; do sleep 0.02; done; echo new").With(job => job.Spec.Output = output);
        await worker.Talk.DispatchAsync(job);
        await worker.Talk.StartOfAsync(job);
        await worker.Talk.SayAsync(new() { ReadLog = Read(job, follow: true) });
        await worker.Talk.UntilAsync(_ => Text(worker) == "12345\n", "the first line");

        using (var file = new FileStream(output, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(0);
        File.WriteAllText(go, "");
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "the log's end");

        Assert.Equal("12345\nnew\n", Text(worker));
        Assert.Contains(Chunks(worker), chunk => chunk.Remark.Contains("shorter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_who_comes_back_to_a_file_that_shrank_reads_it_from_its_beginning()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("echo new");
        await worker.RunAsync(job);
        var request = Read(job);
        request.Offset = 1000;

        await worker.Talk.SayAsync(new() { ReadLog = request });
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "the log's end");

        Assert.Equal("new\n", Text(worker));
    }

    [Theory]
    [InlineData("ln -s /etc/hostname stdout", "a symbolic link")]
    [InlineData("mkfifo stdout", "a FIFO")]
    [InlineData("mkdir stdout", "a directory")]
    [InlineData("ln -s /dev/zero stdout", "a symbolic link")]
    public async Task What_a_job_put_in_its_output_s_place_is_not_followed(string harm, string words)
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell($"cd $GPUSCHED_ATTEMPT_FOLDER; rm stdout; {harm}");
        await worker.RunAsync(job);

        await worker.Talk.SayAsync(new() { ReadLog = Read(job, follow: true) });
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "the log's end");

        Assert.Contains(words, Chunks(worker)[^1].Error, StringComparison.Ordinal);
        Assert.Equal("", Text(worker));
    }

    [Fact]
    public async Task Who_asks_for_errors_alone_gets_the_one_file_and_is_told()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("echo out; echo err >&2");
        await worker.RunAsync(job);
        var request = Read(job);
        request.StandardError = true;

        await worker.Talk.SayAsync(new() { ReadLog = request });
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "the log's end");

        Assert.Equal("out\nerr\n", Text(worker));
        Assert.Contains("in the same file", Chunks(worker)[0].Remark, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_in_a_file_of_their_own_are_read_from_there()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("echo out; echo err >&2").With(job => job.Spec.Error = Path.Combine(worker.Folder.Path, "err"));
        await worker.RunAsync(job);
        var request = Read(job);
        request.StandardError = true;

        await worker.Talk.SayAsync(new() { ReadLog = request });
        await worker.Talk.UntilAsync(_ => Chunks(worker).Any(chunk => chunk.End), "the log's end");

        Assert.Equal(("err\n", ""), (Text(worker), Chunks(worker)[0].Remark));
        Assert.Equal("out\n", worker.Output(job));
    }

    private static ReadLog Read(Dispatch job, bool follow = false) =>
        new() { RequestId = "r", JobId = job.JobId, Attempt = job.Attempt, Follow = follow };

    private static IReadOnlyList<LogChunk> Chunks(TestWorker worker) =>
        [.. worker.Talk.Heard.Where(message => message.LogChunk is not null).Select(message => message.LogChunk)];

    private static string Text(TestWorker worker) => string.Concat(Chunks(worker).Select(chunk => chunk.Data.ToStringUtf8()));
}
