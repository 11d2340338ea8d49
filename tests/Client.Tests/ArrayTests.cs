using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Tests;

/// <summary>Verbs about one job, asked about an array: how it stands as a whole, and how to name an element.</summary>
public sealed class ArrayTests : IAsyncLifetime
{
    private const string Summary = "array 15 has 200,000 elements: 150,000 PENDING, 50,000 COMPLETED\n";

    private const string Groups = """
          149,998 PENDING (Priority)  15_3, 15_4, 15_5 …  job 15_2 is ahead
          2 PENDING (Resources)       15_1, 15_2  promised lab at 2099-01-05T10:00:00Z
          50,000 COMPLETED            15_0, 15_7, 15_9 …

        """;

    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync()
    {
        _scheduler = await FakeScheduler.StartAsync();
        _scheduler.Jobs.Jobs.AddRange(Enumerable.Range(0, 5).Select(index => Samples.Pending($"15_{index}", "Priority")));
        _scheduler.Jobs.Array = new ArraySummary
        {
            Elements = 200_000,
            States =
            {
                new StateCount { State = JobState.Pending, Count = 150_000 }, new StateCount { State = JobState.Completed, Count = 50_000 },
            },
            Groups =
            {
                Group(JobState.Pending, "Priority", 149_998, "job 15_2 is ahead", "15_3", "15_4", "15_5"),
                Group(JobState.Pending, "Resources", 2, "promised lab at 2099-01-05 10:00:00Z", "15_1", "15_2"),
                Group(JobState.Completed, "", 50_000, "", "15_0", "15_7", "15_9"),
            },
        };
        _scheduler.Jobs.Explanation = new ExplainJobResponse
        {
            Id = "15_1",
            State = JobState.Pending,
            Reasons = { new Explanation { Reason = "Resources", Count = 1, Text = "2 cards fit and both are busy" } },
            Array = _scheduler.Jobs.Array,
        };
    }

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task Explain_sums_it_up_by_state_and_reason_then_explains_one_of_them()
    {
        var result = await new Cli(_scheduler).RunAsync("explain", "15");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith($"{Summary}{Groups}one of them:\njob 15_1 is PENDING\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_json_has_it_too()
    {
        var result = await new Cli(_scheduler).RunAsync("explain", "15", "--output", "json");

        Assert.Contains("\"elements\": 200000", result.Out, StringComparison.Ordinal);
        Assert.Contains("\"reason\": \"Resources\",\n        \"count\": 2,", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_says_how_to_name_an_element_prints_nothing_and_ends_with_2()
    {
        _scheduler.Jobs.Failures.Enqueue(new RpcException(new Status(StatusCode.InvalidArgument, "id: '15': one element, such as 15_0")));

        var result = await new Cli(_scheduler).RunAsync("logs", "15");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Equal($"gpusched: {Summary}{Groups}gpusched: name one of them: 'gpusched logs 15_3'\n", result.Error);
    }

    [Fact]
    public async Task Following_an_array_is_refused_with_an_elements_name()
    {
        var result = await new Cli(_scheduler).RunAsync("logs", "-f", "15");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains("an array with 200000 elements; name one, such as 15_0", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_refusals_of_logs_stay_refusals()
    {
        _scheduler.Jobs.Array = null;
        _scheduler.Jobs.Failures.Enqueue(new RpcException(new Status(StatusCode.InvalidArgument, "attempt: 9: 1 to 2")));

        var result = await new Cli(_scheduler).RunAsync("logs", "--attempt", "9", "15_1");

        Assert.Equal((3, "gpusched: attempt: 9: 1 to 2\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Show_sums_a_large_one_up_too() =>
        Assert.StartsWith(Summary + Groups, (await new Cli(_scheduler).RunAsync("show", "15")).Out, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 1, "Failures:    1, and it was to be tried only once")]
    [InlineData(1, 1, "Failures:    1 of 1 retries used without progress")]
    [InlineData(1, 2, "Failures:    2, its only retry used without progress")]
    [InlineData(2, 3, "Failures:    3, all 2 retries used without progress")]
    public async Task Failures_beyond_the_retries_are_told_in_words(int retries, int failures, string line)
    {
        _scheduler.Jobs.Array = null;
        _scheduler.Jobs.Jobs.Clear();
        var job = Samples.Ended(JobState.Failed, 1);
        (job.Failures, job.Spec.Retries) = (failures, retries);
        _scheduler.Jobs.Jobs.Add(job);

        Assert.Contains(line + "\n", (await new Cli(_scheduler).RunAsync("show", "14")).Out, StringComparison.Ordinal);
    }

    private static ArrayGroup Group(JobState state, string reason, int count, string text, params string[] first) =>
        new() { State = state, Reason = reason, Count = count, Text = text, First = { first } };
}
