using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>Nothing is read from the surroundings before it is needed, and what is missing is said in one line.</summary>
public sealed class SurroundingsTests : Submitting
{
    private const string Gone = "gpusched: the current directory is gone or can't be read: change to another one, or ";

    private Cli Lost(string input = "") => new(Scheduler) { WorkingDirectory = null, Console = new TestConsole(input: input) };

    [Theory]
    [InlineData("queue")]
    [InlineData("nodes")]
    [InlineData("version")]
    [InlineData("show 12")]
    [InlineData("submit --help")]
    public async Task A_directory_that_is_gone_matters_to_no_verb_that_needs_none(string line)
    {
        Scheduler.Jobs.Jobs.Add(Samples.Running());

        var result = await Lost().RunAsync(line.Split(' '));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_submission_from_there_says_what_to_do()
    {
        var result = await Lost().RunAsync("submit", "--", "true");

        Assert.Equal(new CliResult(2, "", Gone + "say where the job starts: --workdir DIR, a full path\n"), result);
        Assert.Empty(Scheduler.Jobs.Submitted);
    }

    [Fact]
    public async Task With_full_paths_it_goes_through()
    {
        var script = Path.Combine(Folder.FullName, "job.sh");
        await File.WriteAllTextAsync(script, "#!/bin/sh\ntrue\n");

        Assert.Equal(0, (await Lost().RunAsync("submit", "--workdir", "/data", "-o", "out-%j", script)).ExitCode);
        Assert.Equal(("/data", "/data/out-%j"), (Sent.WorkingDirectory, Sent.Output));
    }

    [Theory]
    [InlineData("submit -D sub -- true", "say where the job starts: --workdir DIR, a full path")]
    [InlineData("submit job.sh", "give full paths")]
    [InlineData("up --data pool", "give full paths")]
    public async Task Relative_paths_there_are_refused(string line, string remedy) =>
        Assert.Equal(new CliResult(2, "", $"{Gone}{remedy}\n"), await Lost().RunAsync(line.Split(' ')));

    [Fact]
    public async Task Without_a_home_a_pool_wants_to_be_told_where()
    {
        var cli = NewCli();
        cli.Environment.Remove("HOME");

        var result = await cli.RunAsync("down");

        Assert.Equal(
            new CliResult(2, "", "gpusched: HOME is not set: say where to keep the queue and the logs with --data DIR\n"), result);
    }

    [Fact]
    public async Task What_nothing_else_catches_ends_as_one_line()
    {
        var result = await new Cli(Scheduler) { UserName = () => throw new NotSupportedException("no\nsuch thing") }
            .RunAsync("queue", "--me");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            "gpusched: unexpected error (NotSupportedException: no such thing); please report it with what you did; "
                + "GPUSCHED_TRACE=1 shows where it happened\n", result.Error);
    }
}
