using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>A command whose reader leaves, such as head: it ends, unless it does more than print.</summary>
public sealed class HeadTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    /// <summary>None of them ends by itself, and the last two have nothing more to write.</summary>
    [Theory]
    [InlineData("queue --output quiet")]
    [InlineData("queue --watch")]
    [InlineData("logs -f 12")]
    public async Task Head_ends_the_program(string words)
    {
        (_scheduler.Jobs.PageSize, _scheduler.Jobs.IsEndless) = (500, true);
        _scheduler.Jobs.Jobs.AddRange([Samples.Running(), .. Enumerable.Range(20, 500).Select(number => Samples.Pending($"{number}"))]);
        (_scheduler.Jobs.LogByAttempt[2], _scheduler.Jobs.LogStaysOpen) = ("one\ntwo\nthree\n", true);

        var result = await ClientProgram.RunAsync(_scheduler, $"{{ \"$0\" {words}; echo \"exit $?\" >&2; }} | head -n 2");

        Assert.Equal((2, "exit 0\n"), (result.Out.Count(sign => sign == '\n'), result.Error));
    }

    [Theory]
    [InlineData("logs", "-f", "12")]
    [InlineData("logs", "12")]
    [InlineData("queue", "--watch")]
    public async Task What_only_prints_ends_with_its_reader(params string[] words)
    {
        _scheduler.Jobs.Jobs.Add(Samples.Running());
        (_scheduler.Jobs.LogByAttempt[2], _scheduler.Jobs.LogStaysOpen) = ("one\n", true);
        using var reader = new CancellationTokenSource();
        _scheduler.Jobs.Streaming = reader.Cancel;

        var result = await new Cli(_scheduler) { Console = new TestConsole { OutClosed = reader.Token } }
            .RunAsync(words).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_job_is_handed_in_although_nobody_reads_its_number()
    {
        var gone = new TestConsole { OutClosed = new(canceled: true) };

        var result = await new Cli(_scheduler) { Console = gone }.RunAsync("submit", "--", "true");

        Assert.Equal(0, result.ExitCode);
        Assert.Single(_scheduler.Jobs.Submitted);
    }
}
