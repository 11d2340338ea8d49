using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>Where a job's output and checkpoints will lie, and for how long.</summary>
public sealed class OutputPlaceTests : Submitting
{
    [Theory]
    [InlineData("sbatch", "", "slurm-%j.out")]
    [InlineData("/opt/slurm/bin/sbatch", "", "slurm-%j.out")]
    [InlineData("sbatch", "--array=0-3", "slurm-%A_%a.out")]
    [InlineData("sbatch", "--output=mine.txt", "mine.txt")]
    public async Task Called_as_sbatch_output_lies_where_it_was_called(string calledAs, string flag, string expected)
    {
        var cli = NewCli();
        cli.Environment["GPUSCHED_ARGV0"] = calledAs;

        await cli.RunAsync([.. new[] { flag }.Where(word => word.Length > 0), "--wrap", "true"]);

        Assert.Equal((Path.Combine(Folder.FullName, expected), ""), (Sent.Output, Sent.Error));
    }

    [Theory]
    [InlineData("gpusched")]
    [InlineData("")]
    public async Task Called_by_its_own_name_output_stays_with_the_worker(string calledAs)
    {
        var cli = NewCli();
        cli.Environment["GPUSCHED_ARGV0"] = calledAs;

        await cli.RunAsync("submit", "--", "true");

        Assert.Equal(("", ""), (Sent.Output, Sent.Error));
    }

    [Theory]
    [InlineData("--checkpoint", true)]
    [InlineData("--checkpoint=/shared/run", false)]
    [InlineData("--hold", false)]
    public async Task Where_checkpoints_lie_and_how_long_is_said_unless_the_job_names_a_directory(string flag, bool isSaid)
    {
        Scheduler.Jobs.Answer = (_, _) => new()
        {
            Id = "1", Tier = "training", ElementCount = 1, HistoryKeep = Duration.FromTimeSpan(TimeSpan.FromDays(90)),
        };

        var result = await NewCli().RunAsync("submit", flag, "--", "true");

        Assert.Equal(isSaid, result.Error.Contains("kept 90 days after the job completes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_log_s_reader_should_know_is_a_remark_and_no_output()
    {
        Scheduler.Jobs.LogByAttempt[1] = "said\n";
        Scheduler.Jobs.LogRemark = "standard error is in the same file";

        var result = await NewCli().RunAsync("logs", "--err", "12");

        Assert.Equal(new CliResult(0, "said\n", "gpusched: job 12: standard error is in the same file\n"), result);
    }
}
