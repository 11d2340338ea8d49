using GpuScheduler.Client.Output;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>A machine's clock may be set back while a job runs there.</summary>
public sealed class RunTimeTests
{
    private static Job Job(int startedAgo, int endedAgo) => new()
    {
        Id = "12", State = JobState.Completed, Spec = new JobSpec(), StartTime = Samples.Ago(startedAgo), EndTime = Samples.Ago(endedAgo),
        Attempts = { new Attempt { Number = 1, StartTime = Samples.Ago(startedAgo), EndTime = Samples.Ago(endedAgo) } },
    };

    [Fact]
    public void An_end_before_the_start_is_no_run_time()
    {
        Assert.Equal("?", JobRows.Time(Job(10, 3_600), Cli.Now));
        Assert.Contains(
            "unknown: its machine's clock was set back", JobDetails.Text(Job(10, 3_600), Cli.Now, new Moments(TimeZoneInfo.Utc), 120),
            StringComparison.Ordinal);
        Assert.Equal("1:00", JobRows.Time(Job(70, 10), Cli.Now));
    }

    [Fact]
    public void A_start_that_lies_ahead_counts_from_now() =>
        Assert.Equal(
            "0:00",
            JobRows.Time(new Job { State = JobState.Running, Spec = new JobSpec(), StartTime = Samples.Ago(-600) }, Cli.Now));
}
