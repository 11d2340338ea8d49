using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Checkpoints;

/// <summary>Whatever a job does to its checkpoint directory, its end is reported, and other jobs' too.</summary>
public sealed class HostileJobTests
{
    [Theory]
    [InlineData("mkfifo manifest.jsonl")]
    [InlineData("mkdir manifest.jsonl")]
    [InlineData("ln -s /dev/zero manifest.jsonl")]
    [InlineData("ln -s /etc/passwd manifest.jsonl")]
    [InlineData("printf '{\"step\":1,\"path\":\"a\\\\u0000b\"}\\n' >manifest.jsonl")]
    [InlineData("printf '{\"step\":1,\"path\":\"\\\\ud800\"}\\n' >manifest.jsonl")]
    [InlineData("yes x | head -c 2000000 >manifest.jsonl")]
    [InlineData("head -c 30000000 /dev/zero >manifest.jsonl")]
    [InlineData("truncate -s 1T manifest.jsonl")]
    [InlineData("cd /; rm -r \"$GPUSCHED_CHECKPOINT_DIR\"")]
    [InlineData("cd /; rm -r \"$GPUSCHED_CHECKPOINT_DIR\"; mkfifo \"$GPUSCHED_CHECKPOINT_DIR\"")]
    [InlineData("cd /; rm -r \"$GPUSCHED_CHECKPOINT_DIR\"; ln -s /etc \"$GPUSCHED_CHECKPOINT_DIR\"")]
    [InlineData("chmod 0 .")]
    [InlineData("mkfifo request .request.new request.new")]
    [InlineData("mkdir request")]
    public async Task Its_end_is_reported_and_the_next_attempt_s_too(string harm)
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell($"cd \"$GPUSCHED_CHECKPOINT_DIR\" && {harm}; sleep 0.7; exit 3").WithCheckpoints("");

        var first = await worker.RunAsync(job);
        var second = await worker.RunAsync(job.Clone().With(again => again.Attempt = 2));

        Assert.Equal(3, first.ExitCode);
        Assert.NotNull(second);
        Assert.Equal(0, (await worker.RunAsync(A.Command("true"))).ExitCode);
    }

    [Theory]
    [InlineData("mkfifo a")]
    [InlineData("ln -s /dev/zero a")]
    [InlineData("ln -s /etc/passwd a")]
    [InlineData("ln -s / d; true")]
    public async Task What_has_no_end_or_lies_elsewhere_is_no_checkpoint(string harm)
    {
        await using var worker = await TestWorker.StartAsync();
        using var checkpoints = new TemporaryFolder();
        var hash = new string('0', 64);
        var job = A.Shell($$"""
            cd "$GPUSCHED_CHECKPOINT_DIR"; echo "from $GPUSCHED_RESUME_STEP"; exec 2>/dev/null
            {{harm}}
            echo ok >good; mkdir -p sub; ln -s good inner
            echo '{"step":1,"path":"inner","bytes":3}' >>manifest.jsonl
            echo '{"step":2,"path":"a","sha256":"{{hash}}"}' >>manifest.jsonl
            echo '{"step":3,"path":"d/etc/passwd"}' >>manifest.jsonl
            """).WithCheckpoints(checkpoints.Path);
        await worker.RunAsync(job);
        var again = job.Clone().With(again => again.Attempt = 2);

        await worker.RunAsync(again);

        Assert.Equal("from 1\n", worker.Output(again));
    }

    [Fact]
    public async Task A_hash_without_end_ends_with_the_order_to_stop()
    {
        await using var worker = await TestWorker.StartAsync();
        using var checkpoints = new TemporaryFolder();
        checkpoints.File("manifest.jsonl", $$"""{"step":1,"path":"hole","sha256":"{{new string('0', 64)}}"}""" + "\n");
        using (var hole = new FileStream(Path.Combine(checkpoints.Path, "hole"), FileMode.Create))
            hole.SetLength(1L << 42);
        var job = A.Command("true").WithCheckpoints(checkpoints.Path);
        await worker.Talk.DispatchAsync(job);

        Assert.Equal(0, (await worker.RunAsync(A.Command("true"))).ExitCode);
        await worker.Talk.StopAsync(job.JobId, 1, TimeSpan.FromMinutes(5));

        Assert.Equal(GpuScheduler.Protos.V1.EndCause.Cancelled, (await worker.Talk.EndOfAsync(job)).Cause);
    }

    [Fact]
    public async Task Forty_of_them_leave_the_worker_to_others()
    {
        await using var worker = await TestWorker.StartAsync();
        var jobs = Enumerable.Range(0, 40).Select(_ =>
            A.Shell("mkfifo \"$GPUSCHED_CHECKPOINT_DIR/manifest.jsonl\"; sleep 1").WithCheckpoints("")).ToList();
        foreach (var job in jobs)
            await worker.Talk.DispatchAsync(job);

        Assert.Equal(0, (await worker.RunAsync(A.Command("true"))).ExitCode);
        foreach (var job in jobs)
            Assert.Equal(0, (await worker.Talk.EndOfAsync(job)).ExitCode);
    }
}
