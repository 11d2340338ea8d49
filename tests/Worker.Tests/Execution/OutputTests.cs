using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

public sealed class OutputTests
{
    [Theory]
    [InlineData("%x-%j.out", "train-12_3.out")]
    [InlineData("%A_%a.log", "12_3.log")]
    [InlineData("%u@%N%%", "ada@node-a%")]
    [InlineData("%z%", "%z%")]
    public void Patterns_take_slurm_s_fields(string pattern, string expected)
    {
        var job = A.Command("true").With(job =>
        {
            job.JobId = "12_3";
            job.ArrayId = "12";
            job.ArrayIndex = 3;
            job.Spec.Name = "train";
        });

        Assert.Equal(expected, OutputPattern.Expand(pattern, job, "node-a"));
    }

    [Theory]
    [InlineData("%x.out", 1)]
    [InlineData("%x-%x-%j.out", 2)]
    [InlineData("logs/%x/%x.out", 2)]
    public void A_name_longer_than_a_file_s_is_cut_and_stays_text(string pattern, int times)
    {
        var job = A.Command("true").With(job => job.Spec.Name = string.Concat(Enumerable.Repeat("ä✓😀", 60)));

        var path = OutputPattern.Expand(pattern, job, "n");

        Assert.All(path.Split('/'), part => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(part), 1, 255));
        Assert.EndsWith(".out", path, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(path)));
        Assert.Equal(times, path.Split('/', '-').Count(part => part.StartsWith("ä✓😀ä✓😀", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_name_cannot_lead_elsewhere() =>
        Assert.Equal(".._x", OutputPattern.Expand("%x", A.Command("true").With(job => job.Spec.Name = "../x"), "n"));

    [Fact]
    public async Task Named_output_lies_in_the_working_directory_and_a_retry_appends()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("echo out; echo err >&2").With(job =>
        {
            job.Spec.WorkingDirectory = worker.Folder.Path;
            job.Spec.Output = "%x.out";
        });
        worker.Folder.File("test.out", "of an earlier job\n");

        await worker.RunAsync(job);
        await worker.RunAsync(job.Clone().With(again => again.Attempt = 2));

        Assert.Equal("out\nerr\nout\nerr\n", File.ReadAllText(Path.Combine(worker.Folder.Path, "test.out")));
    }

    [Theory]
    [InlineData("fifo", "is a FIFO")]
    [InlineData("directory", "is a directory")]
    public async Task Output_that_is_no_file_is_refused_in_words_for_that_attempt(string kind, string words)
    {
        await using var worker = await TestWorker.StartAsync();
        var path = OddFiles.Make(kind, Path.Combine(worker.Folder.Path, "out"));

        var ended = await worker.RunAsync(A.Command("true").With(job => job.Spec.Output = path));

        Assert.Equal((EndCause.LaunchFailed, LaunchFault.Missing), (ended.Cause, ended.LaunchFault));
        Assert.Contains(words, ended.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await worker.RunAsync(A.Command("true"))).ExitCode);
    }

    [Fact]
    public async Task Output_may_be_thrown_away()
    {
        await using var worker = await TestWorker.StartAsync();

        Assert.Equal(0, (await worker.RunAsync(A.Shell("echo x").With(job => job.Spec.Output = "/dev/null"))).ExitCode);
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_the_jobs_mistake_and_is_named()
    {
        await using var worker = await TestWorker.StartAsync();

        var ended = await worker.RunAsync(A.Command("true").With(job => job.Spec.Output = "/no/such/place/out"));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("/no/such/place/out", ended.Message, StringComparison.Ordinal);
    }
}
