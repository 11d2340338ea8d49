using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>Long lists come page by page, and are printed so.</summary>
public sealed class PagesTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync()
    {
        _scheduler = await FakeScheduler.StartAsync();
        _scheduler.Jobs.Jobs.AddRange(
        [
            Samples.Running(), Samples.Pending(), .. Enumerable.Range(0, 7).Select(index => Samples.Pending($"15_{index}", "Priority")),
            .. Enumerable.Range(0, 3).Select(index => Samples.Pending($"16_{index}", "Priority")), Samples.Pending("17"),
            Samples.Ended(JobState.Completed, 0), Samples.Ended(JobState.Failed, 1, "11"),
        ]);
        _scheduler.Jobs.Priorities.AddRange(
            Enumerable.Range(1, 9).Select(at => new JobPriority { Id = $"{at}", User = "anna", Total = at }));
        _scheduler.Pools.Pool.Nodes.AddRange(Samples.Nodes());
        _scheduler.Pools.Shares.AddRange(Enumerable.Range(1, 9).Select(at => new AccountShare { User = $"user-{at}", Shares = at }));
    }

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    public static TheoryData<string> Lists => new(
        from verb in new[] { "queue", "queue --all", "prio", "share", "nodes", "gpus" }
        from form in new[] { "table", "json", "quiet" }
        select $"{verb} --output {form}");

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Pages_OfAnySize_PrintWhatOneWouldHave(string line)
    {
        var whole = await new Cli(_scheduler) { Console = new TestConsole(200) }.RunAsync(line.Split(' '));
        Assert.Equal((0, ""), (whole.ExitCode, whole.Error));

        for (var size = 1; size <= 16; size++)
        {
            (_scheduler.Jobs.PageSize, _scheduler.Pools.PageSize) = (size, size);
            var paged = await new Cli(_scheduler) { Console = new TestConsole(200) }.RunAsync(line.Split(' '));
            Assert.Equal(Squeezed(whole.Out), Squeezed(paged.Out));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(120)]
    public async Task Json_OfAnyLength_IsOneObject(int jobs)
    {
        _scheduler.Jobs.Jobs.Clear();
        _scheduler.Jobs.Jobs.AddRange(Enumerable.Range(1, jobs).Select(number => Samples.Pending($"{number}")));
        _scheduler.Jobs.PageSize = 70;

        var result = await new Cli(_scheduler).RunAsync("queue", "--output", "json");

        using var json = System.Text.Json.JsonDocument.Parse(result.Out);
        Assert.Equal(
            Enumerable.Range(1, jobs).Select(number => $"{number}"),
            json.RootElement.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData("queue", 200)]
    [InlineData("nodes", 200)]
    public async Task LongerTextsOfLaterPages_AreNotLost(string verb, int width)
    {
        (_scheduler.Jobs.PageSize, _scheduler.Pools.PageSize) = (1, 1);
        _scheduler.Jobs.Jobs.Reverse();
        _scheduler.Jobs.Jobs[^1].Id = "1234567_100000";

        var result = await new Cli(_scheduler) { Console = new TestConsole(width) }.RunAsync(verb);

        Assert.DoesNotContain('…', result.Out);
        Assert.All(result.Out.Split('\n'), row => Assert.True(row.Length <= width, row));
    }

    [Fact]
    public async Task APage_IsPrintedBeforeTheNextIsAskedFor()
    {
        _scheduler.Jobs.PageSize = 2;
        var (cli, seen) = (new Cli(_scheduler), new List<string>());
        _scheduler.Jobs.Asked = () => seen.Add(cli.Console.OutText);

        await cli.RunAsync("queue", "--all", "--output", "quiet");

        Assert.Equal(["", "12\n13\n", "12\n13\n15_0\n15_1\n"], seen.Take(3));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("quiet")]
    public async Task AReaderThatLeaves_EndsItQuietly(string form)
    {
        (_scheduler.Jobs.PageSize, _scheduler.Jobs.IsEndless) = (3, true);
        using var reader = new CancellationTokenSource();
        var pages = 0;
        _scheduler.Jobs.Asked = () =>
        {
            if (++pages == 4) reader.Cancel();
        };

        var result = await new Cli(_scheduler) { Console = new TestConsole { OutClosed = reader.Token } }
            .RunAsync("queue", "--all", "--output", form);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(4, _scheduler.Jobs.Requests.Count);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("quiet")]
    public async Task ShowOfALargeArray_HasEveryElement(string form)
    {
        _scheduler.Jobs.Jobs.Clear();
        _scheduler.Jobs.Jobs.AddRange(Enumerable.Range(0, 25).Select(index => Samples.Pending($"15_{index}", "Priority")));
        (_scheduler.Jobs.PageSize, _scheduler.Jobs.Array) = (4, new ArraySummary { Elements = 25 });

        var result = await new Cli(_scheduler).RunAsync("show", "15", "--output", form);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(Enumerable.Range(0, 25), index => Assert.Matches($"\\b15_{index}\\b", result.Out));
        Assert.Equal(7, _scheduler.Jobs.Requests.Count);
        Assert.Single(_scheduler.Jobs.Requests.Cast<ListJobsRequest>().Select(request => request.Limit).Distinct());
    }

    [Fact]
    public async Task OutcomesThatAreTooMany_AreToldAsNumbers()
    {
        _scheduler.Jobs.Outcomes.Add(new JobOutcome { Id = "1", Changed = true });
        _scheduler.Jobs.LeftOut = (170_000, 0);
        var told = await new Cli(_scheduler).RunAsync("cancel", "--me");
        _scheduler.Jobs.LeftOut = (0, 3);
        var failed = await new Cli(_scheduler).RunAsync("cancel", "1-4", "--output", "json");

        Assert.Equal((0, "job 1 cancelled\n"), (told.ExitCode, told.Out));
        Assert.Equal("gpusched: 170000 more jobs cancelled: too many to name\n", told.Error);
        Assert.Equal(3, failed.ExitCode);
        Assert.Contains("\"unchangedLeftOut\": 3", failed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatAnAnswerLeavesOut_IsSaid()
    {
        _scheduler.Jobs.Jobs[0].LeftOut.Add("attempts 1 to 4200");

        Assert.Matches("Left out: +attempts 1 to 4200\n", (await new Cli(_scheduler).RunAsync("show", "12")).Out);
        Assert.Contains(
            "attempts 1 to 4200", (await new Cli(_scheduler).RunAsync("show", "12", "--output", "json")).Out, StringComparison.Ordinal);
    }

    /// <summary>Without what columns are padded with: the first page decides on their widths.</summary>
    private static string Squeezed(string text) => string.Join('\n', text.Split('\n').Select(
        line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
}
