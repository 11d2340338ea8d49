using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>prio and share, and what submit says of deadlines.</summary>
public sealed class OrderTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync()
    {
        _scheduler = await FakeScheduler.StartAsync();
        _scheduler.Jobs.Priorities.AddRange(
        [
            new JobPriority
            {
                Id = "12", User = "anna", Project = "vision", Tier = "training", Total = 2310.25, Age = 310.25, FairShare = 1000,
                Deadline = 1000, Overdue = true,
            },
            new JobPriority
            {
                Id = "15_3", User = "bernhard-longname", Tier = "validation", Total = 1490, Priority = -10, Age = 0, FairShare = 1500,
            },
        ]);
        _scheduler.Pools.Shares.AddRange(
        [
            new AccountShare
            {
                User = "bernhard-longname", Shares = 1, NormalizedShare = 1 / 3.0, Use = 7200, EffectiveUse = 0.2, Factor = 0.6598,
                Jobs = 5,
            },
            new AccountShare
            {
                Project = "vision", Shares = 2, NormalizedShare = 2 / 3.0, Use = 28800, EffectiveUse = 0.8, Factor = 0.4353, Rate = 4.2,
                Jobs = 2,
            },
            new AccountShare
            {
                Project = "vision", User = "anna", Shares = 1, NormalizedShare = 2 / 3.0, Use = 28800, EffectiveUse = 0.8, Factor = 0.4353,
                Rate = 4.2, Jobs = 2,
            },
        ]);
    }

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    [Theory]
    [InlineData("prio", 80)]
    [InlineData("prio", 120)]
    [InlineData("share", 80)]
    [InlineData("share", 120)]
    public async Task Tables_fit_the_terminal(string line, int width)
    {
        var result = await new Cli(_scheduler) { Console = new TestConsole(width) }.RunAsync(line);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(result.Out.Split('\n'), row => Assert.True(row.Length <= width, row));
        Golden.Match($"{line}-{width}", result.Out);
    }

    [Theory]
    [InlineData("prio")]
    [InlineData("share")]
    public async Task Json_has_every_part(string line) =>
        Golden.Match($"json-{line}", (await new Cli(_scheduler).RunAsync(line, "--output", "json")).Out);

    [Fact]
    public async Task Prio_asks_for_what_was_named()
    {
        await new Cli(_scheduler).RunAsync("prio", "-u", "anna", "--tier", "training", "-j", "12,14_3", "--limit", "5");

        var request = Assert.IsType<GetPrioritiesRequest>(Assert.Single(_scheduler.Jobs.Requests));
        Assert.Equal(("anna", "training", 5), (request.User, request.Tier, request.Limit));
        Assert.Equal(["12", "14_3"], request.Ids);
    }

    [Fact]
    public async Task Share_of_a_project_shows_it_and_its_users()
    {
        var result = await new Cli(_scheduler).RunAsync("share", "-A", "vision", "--output", "quiet");

        Assert.Equal("vision\nvision/anna\n", result.Out);
    }

    [Fact]
    public async Task A_deadline_goes_out_in_the_users_words_with_the_users_clock()
    {
        var cli = new Cli(_scheduler);
        await cli.RunAsync("submit", "--deadline", "18:00", "-A", "vision", "--", "true");

        var spec = Assert.Single(_scheduler.Jobs.Submitted).Spec;
        Assert.Equal(("18:00", "vision"), (spec.Deadline, spec.Project));
        Assert.Equal((int)cli.Time.GetLocalNow().Offset.TotalMinutes, spec.UtcOffsetMinutes);
    }

    /// <summary>Asked in January, meant in July: what Central Europe's clocks show then goes along.</summary>
    [Fact]
    public async Task A_deadline_goes_out_with_the_changes_of_clocks_to_come()
    {
        var cli = new Cli(_scheduler);
        cli.Time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        await cli.RunAsync("submit", "--deadline", "2099-07-01T12:00", "--", "true");

        var sent = Assert.Single(_scheduler.Jobs.Submitted);
        Assert.Equal((60, 20), (sent.Spec.UtcOffsetMinutes, sent.ClockChanges.Count));
        Assert.Equal(
            (new DateTime(2099, 3, 29, 1, 0, 0, DateTimeKind.Utc), 120),
            (sent.ClockChanges[0].At.ToDateTime(), sent.ClockChanges[0].UtcOffsetMinutes));
    }

    [Fact]
    public async Task Without_a_deadline_nothing_of_the_clock_goes_out()
    {
        var cli = new Cli(_scheduler);
        cli.Time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        await cli.RunAsync("submit", "--", "true");

        Assert.Empty(Assert.Single(_scheduler.Jobs.Submitted).ClockChanges);
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("/usr/share/zoneinfo/Europe/Berlin")]
    [InlineData(":/usr/share/zoneinfo/Europe/Berlin")]
    public async Task A_time_zone_that_is_read_is_not_worth_a_word(string zone)
    {
        var cli = new Cli(_scheduler);
        cli.Environment["TZ"] = zone;

        Assert.Equal("", (await cli.RunAsync("submit", "--parsable", "--deadline", "18:00", "--", "true")).Error);
    }

    [Theory]
    [InlineData("Europe/Atlantis", "this machine knows no such time zone")]
    [InlineData("/etc/passwd", "there is no such file of time zone data")]
    [InlineData("/no/such/zone", "there is no such file of time zone data")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "a rule in POSIX form is not read here (name a zone, such as Europe/Berlin)")]
    [InlineData("<+03>-3", "a rule in POSIX form is not read here")]
    public async Task A_time_zone_that_is_not_read_is_told(string zone, string why)
    {
        var cli = new Cli(_scheduler);
        cli.Environment["TZ"] = zone;

        var result = await cli.RunAsync("submit", "--deadline", "18:00", "--", "true");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"TZ={zone}: {why}", result.Error, StringComparison.Ordinal);
        Assert.Contains("is read as UTC", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_moment_that_a_deadline_means_is_told()
    {
        _scheduler.Jobs.Answer = (_, _) => new SubmitJobResponse
        {
            Id = "7", Tier = "training", ElementCount = 1, Deadline = Samples.Ago(-60),
        };

        var result = await new Cli(_scheduler).RunAsync("submit", "--deadline", "now+1min", "--", "true");

        Assert.Contains("deadline: 2099-01-05T09:01:00Z\n", result.Error, StringComparison.Ordinal);
    }
}
