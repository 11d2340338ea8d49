using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Checkpoints;

public sealed class ResumeTests
{
    private const string Show = "printf '%s|%s' \"$GPUSCHED_RESUME_STEP\" \"$GPUSCHED_RESUME_FROM\"";

    /// <summary>SHA-256 of "twenty".</summary>
    private static readonly string Hash =
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("twenty"u8));

    [Theory]
    [InlineData("", "|")]
    [InlineData("10:ten:3:", "10|{0}/10.bin")]
    [InlineData("10:ten:3: 20:twenty:6:HASH", "20|{0}/20.bin")]
    [InlineData("10:ten:3: 20:twenty:7:HASH", "10|{0}/10.bin")]
    [InlineData("10:ten:3: 20:twentx:6:HASH", "10|{0}/10.bin")]
    [InlineData("10:ten:3: 20::6:", "10|{0}/10.bin")]
    [InlineData("20:twenty:6:HASH 10:ten:3:", "20|{0}/20.bin")]
    public async Task A_new_attempt_begins_from_the_newest_checkpoint_that_is_whole(string written, string expected)
    {
        await using var worker = await TestWorker.StartAsync();
        using var checkpoints = new TemporaryFolder();
        foreach (var entry in written.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Write(checkpoints, entry.Split(':'));
        var job = A.Shell(Show).WithCheckpoints(checkpoints.Path);

        await worker.RunAsync(job);

        Assert.Equal(expected.Replace("{0}", checkpoints.Path, StringComparison.Ordinal), worker.Output(job));
        Assert.Equal(
            expected.Split('|')[0],
            (await worker.Talk.StartOfAsync(job)) is { HasResumedFromStep: true } started ? $"{started.ResumedFromStep}" : "");
    }

    [Fact]
    public async Task A_directory_counts_when_it_exists()
    {
        await using var worker = await TestWorker.StartAsync();
        using var checkpoints = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(checkpoints.Path, "step-3"));
        checkpoints.File("manifest.jsonl", "{\"step\":3,\"path\":\"step-3\"}\n");
        var job = A.Shell(Show).WithCheckpoints(checkpoints.Path);

        await worker.RunAsync(job);

        Assert.Equal($"3|{checkpoints.Path}/step-3", worker.Output(job));
    }

    [Fact]
    public async Task A_request_to_an_earlier_attempt_is_none_to_the_next()
    {
        await using var worker = await TestWorker.StartAsync();
        using var checkpoints = new TemporaryFolder();
        checkpoints.File("request", "{}");

        var ended = await worker.RunAsync(A.Shell("[ ! -e \"$GPUSCHED_CHECKPOINT_DIR/request\" ]").WithCheckpoints(checkpoints.Path));

        Assert.Equal(0, ended.ExitCode);
    }

    [Fact]
    public async Task A_checkpoint_written_just_before_the_end_is_reported_before_it()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("""
            cd "$GPUSCHED_CHECKPOINT_DIR"; touch a b
            echo '{"step":1,"path":"a"}' >>manifest.jsonl; echo '{"step":2,"path":"b"}' >>manifest.jsonl; exit 85
            """).WithCheckpoints("");

        await worker.RunAsync(job);

        var last = worker.Talk.Of(job).TakeLast(2).ToList();
        Assert.Equal((2L, 85), (last[0].Checkpoint.Step, last[1].Ended.ExitCode));
    }

    private static void Write(TemporaryFolder folder, string[] entry)
    {
        var (step, content, bytes, hash) = (entry[0], entry[1], entry[2], entry[3] == "HASH" ? Hash : "");
        if (content.Length > 0)
            folder.File($"{step}.bin", content);
        File.AppendAllText(
            Path.Combine(folder.Path, "manifest.jsonl"),
            $$"""{"step":{{step}},"path":"{{step}}.bin","bytes":{{bytes}},"sha256":"{{hash}}"}""" + "\n");
    }
}
