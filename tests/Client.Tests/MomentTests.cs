using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>
/// One clock for everything that people read: theirs, with its difference to UTC. Programs read UTC, and machines' hours name their zone.
/// </summary>
public sealed class MomentTests : IAsyncLifetime
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync()
    {
        _scheduler = await FakeScheduler.StartAsync();
        var waiting = Samples.Pending();
        waiting.ReasonText = "promised lab at 2099-01-05 10:30:00Z, when it opens";
        waiting.Spec.Name = "run of 2099-01-05T10:30:00Z";
        _scheduler.Jobs.Jobs.AddRange([Samples.Running(), waiting]);
        _scheduler.Pools.Pool.Nodes.Add(new Node
        {
            Name = "desk", State = NodeState.Drained, Reason = "fan (by root at 2099-01-05T08:59Z); closed until 22:00 Europe/Berlin",
        });
        _scheduler.Jobs.Explanation = new ExplainJobResponse
        {
            Id = "13",
            State = JobState.Pending,
            Deadline = Samples.Ago(-7200),
            Reasons = { new Explanation { Reason = "Resources", Count = 1, Text = "promised lab at 2099-06-30 22:30:00Z" } },
            Acts = { new Act { Kind = ActKind.Held, User = "root", Time = Samples.Ago(60) } },
            Forecast = new StartForecast
            {
                Eta = Samples.Ago(-3600),
                Basis = "by the time limit of a job that runs",
                BlockedBy = { new Blocker { Id = "12", Text = "ada holds 1 card on lab, until 2099-01-05 10:00:00Z at the latest" } },
            },
        };
    }

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task Explain_tells_all_by_the_clock_of_who_asks()
    {
        var text = await RunAsync("explain", "13");

        // By summer time in June; elsewhere in winter.
        Assert.Contains("promised lab at 2099-07-01T00:30:00+02:00", text, StringComparison.Ordinal);
        Assert.Contains("starts at 2099-01-05T11:00:00+01:00 at the latest", text, StringComparison.Ordinal);
        Assert.Contains("until 2099-01-05T11:00:00+01:00 at the latest", text, StringComparison.Ordinal);
        Assert.Contains("must have ended by 2099-01-05T12:00:00+01:00", text, StringComparison.Ordinal);
        Assert.Contains("2099-01-05T09:59:00+01:00  held by root", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Z", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_does_so_too_and_leaves_a_jobs_own_words_alone()
    {
        var (running, waiting) = (await RunAsync("show", "12"), await RunAsync("show", "13"));

        Assert.Contains("Submitted:   2099-01-05T07:58:20+01:00", running, StringComparison.Ordinal);
        Assert.Contains("step 900 at 2099-01-05T09:59:00+01:00", running, StringComparison.Ordinal);
        Assert.Contains("promised lab at 2099-01-05T11:30:00+01:00, when it opens", waiting, StringComparison.Ordinal);
        Assert.Contains("run of 2099-01-05T10:30:00Z", waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_does_so_too_and_hours_keep_the_zone_that_they_name() => Assert.Contains(
        "fan (by root at 2099-01-05T09:59+01:00); closed until 22:00 Europe/Berlin", await RunAsync("nodes"), StringComparison.Ordinal);

    [Theory]
    [InlineData("show", "13")]
    [InlineData("explain", "13")]
    [InlineData("nodes")]
    public async Task Json_is_in_UTC(params string[] line)
    {
        var text = await RunAsync([.. line, "--output", "json"]);

        Assert.Contains("Z\"", text.Replace("Z)", "Z\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("+01:00", text, StringComparison.Ordinal);
        Assert.DoesNotContain("+02:00", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_tells_its_deadline_so_too()
    {
        _scheduler.Jobs.Answer = (_, number) => new() { Id = $"{number}", Tier = "training", ElementCount = 1, Deadline = Samples.Ago(-60) };
        var cli = Berlin();

        Assert.Contains(
            "deadline: 2099-01-05T10:01:00+01:00\n", (await cli.RunAsync("submit", "--deadline", "now+1minute", "--", "true")).Error,
            StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(params string[] line)
    {
        var result = await Berlin().RunAsync(line);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Out;
    }

    private Cli Berlin()
    {
        var cli = new Cli(_scheduler) { Console = new TestConsole(240) };
        cli.Time.SetLocalTimeZone(s_berlin);
        return cli;
    }
}
