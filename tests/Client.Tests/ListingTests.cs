using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>Tables and JSON of queue, show, explain, nodes and gpus, on two widths of terminal.</summary>
public sealed class ListingTests : IAsyncLifetime
{
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync()
    {
        _scheduler = await FakeScheduler.StartAsync();
        _scheduler.Jobs.Jobs.AddRange(
        [
            Samples.Running(),
            Samples.Pending(),
            .. Enumerable.Range(0, 5).Select(index => Samples.Pending($"15_{index}", "Priority")),
            Samples.Pending("15_7", "Priority"),
            Samples.Ended(JobState.Completed, 0),
        ]);
        _scheduler.Pools.Pool.Nodes.AddRange(Samples.Nodes());
        _scheduler.Jobs.Explanation = new ExplainJobResponse
        {
            Id = "13",
            State = JobState.Pending,
            Reasons =
            {
                new Explanation { Reason = "Resources", Count = 1, Text = "2 cards fit and both are busy" },
                new Explanation { Reason = "CardInsufficientMemory", Count = 3, Text = "10 GiB on desk-4090 is less than 24 GiB" },
            },
            Forecast = new StartForecast
            {
                Eta = Samples.Ago(-3600),
                Basis = "by the time limit of a job that runs",
                BlockedBy = { new Blocker { Id = "12", Text = "ada holds 2 cards on lab" } },
                WouldStartIf = { new StartChange { Change = "--time 1h", StartsNow = true, Text = "on lab" } },
            },
            Scores =
            {
                new PlaceScore
                {
                    Node = "lab-a100",
                    Model = "NVIDIA A100-SXM4-80GB",
                    Chosen = true,
                    Total = 1030.5,
                    Parts =
                    {
                        new ScorePart { Name = "tierPreference", Points = 1000, Weight = 1000 },
                        new ScorePart { Name = "finishTime", Points = 30.5, Weight = 60 },
                    },
                },
                new PlaceScore { Node = "desk-4090", Model = "NVIDIA GeForce RTX 4090", Card = "GPU-4090-0, begun, 500m left", Total = 12 },
            },
        };
    }

    public async ValueTask DisposeAsync() => await _scheduler.DisposeAsync();

    [Theory]
    [InlineData("--server={0} queue --output quiet")]
    [InlineData("--server {0} queue --output quiet")]
    [InlineData("queue --server {0} --output quiet")]
    public async Task The_server_may_be_named_before_the_verb(string line)
    {
        var result = await new Cli().RunAsync(
            line.Replace("{0}", _scheduler.Address, StringComparison.Ordinal).Split(' '));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("queue", 80)]
    [InlineData("queue", 120)]
    [InlineData("nodes", 80)]
    [InlineData("nodes", 120)]
    [InlineData("gpus", 80)]
    [InlineData("gpus", 120)]
    [InlineData("show 12", 80)]
    [InlineData("show 12", 120)]
    [InlineData("explain 13", 80)]
    public async Task Tables_fit_the_terminal(string line, int width)
    {
        var result = await new Cli(_scheduler) { Console = new TestConsole(width) }.RunAsync(line.Split(' '));

        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Out.Split('\n'), row => Assert.True(row.Length <= width, $"{row.Length} columns: {row}"));
        Golden.Match($"{line.Replace(' ', '-')}-{width}", result.Out);
    }

    [Theory]
    [InlineData("queue")]
    [InlineData("show 12")]
    [InlineData("nodes")]
    [InlineData("gpus")]
    [InlineData("explain 13")]
    public async Task Json_keeps_its_shape(string line)
    {
        var result = await new Cli(_scheduler).RunAsync([.. line.Split(' '), "--output", "json"]);

        Assert.Equal(0, result.ExitCode);
        Golden.Match($"json-{line.Replace(' ', '-')}", result.Out);
    }

    [Theory]
    [InlineData("queue", "12\n13\n15_0\n15_1\n15_2\n15_3\n15_4\n15_7\n14\n")]
    [InlineData("nodes", "lab-a100\ndesk-4090\ncpu-box\ndesk-1080\n")]
    [InlineData("gpus", "GPU-a100-0\nGPU-a100-1\nMIG-a100-2\nGPU-4fa2c5d0-1b7e-4a53-9d1c-0c1de5f0a001\nGPU-3080-0\n")]
    public async Task Quiet_prints_bare_names(string verb, string expected) =>
        Assert.Equal(expected, (await new Cli(_scheduler).RunAsync(verb, "--output", "quiet")).Out);

    [Fact]
    public async Task A_loan_shows()
    {
        _scheduler.Jobs.Jobs[0].OnLoan = true;

        Assert.Matches("Cards: .*, on loan\n", (await new Cli(_scheduler).RunAsync("show", "12")).Out);
        Assert.Contains(
            "\"onLoan\": true", (await new Cli(_scheduler).RunAsync("show", "12", "--output", "json")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NodeState.Unknown, "unknown*")]
    [InlineData(NodeState.Down, "down")]
    public async Task A_card_of_a_silent_machine_is_neither_healthy_nor_free(NodeState state, string shown)
    {
        _scheduler.Pools.Pool.Nodes[0].State = state;

        var lines = (await new Cli(_scheduler).RunAsync("gpus")).Out.TrimEnd().Split('\n');

        Assert.Equal("0 of 5 cards free", lines[^1]);
        Assert.All(lines[1..4], line => Assert.Contains($" {shown} ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("healthy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_the_words_begin_with_is_told_once()
    {
        _scheduler.Jobs.Explanation!.Reasons.Add(new Explanation { Reason = "Resources", Count = 13, Text = "13 cards are busy" });

        var output = (await new Cli(_scheduler).RunAsync("explain", "13")).Out;

        Assert.Contains("  13 cards are busy", output, StringComparison.Ordinal);
        Assert.DoesNotContain("13x", output, StringComparison.Ordinal);
        Assert.Contains("3x  10 GiB", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("squeue")]
    [InlineData("sinfo")]
    [InlineData("sacct")]
    public async Task Slurms_names_show_slurms_columns(string name)
    {
        var cli = new Cli(_scheduler);
        cli.Environment["GPUSCHED_ARGV0"] = name;

        Golden.Match($"slurm-{name}", (await cli.RunAsync()).Out);
    }

    [Fact]
    public async Task An_empty_queue_says_so()
    {
        _scheduler.Jobs.Jobs.Clear();

        Assert.Equal("no jobs waiting or running\n", (await new Cli(_scheduler).RunAsync("queue")).Out);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("1", false)]
    public async Task Colour_is_for_terminals_without_NO_COLOR(string noColor, bool colored)
    {
        var cli = new Cli(_scheduler) { Console = new TestConsole { OutIsTerminal = true } };
        cli.Environment["NO_COLOR"] = noColor;

        Assert.Equal(colored, (await cli.RunAsync("queue")).Out.Contains("\e[32m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_control_character_in_a_name_never_reaches_the_terminal()
    {
        _scheduler.Jobs.Jobs[0].Spec.Name = "a\e[2Jb";

        Assert.DoesNotContain('\e', (await new Cli(_scheduler).RunAsync("queue")).Out);
    }

    [Fact]
    public async Task Filters_travel_to_the_scheduler()
    {
        await new Cli(_scheduler).RunAsync(
            "queue", "--me", "-t", "PD,RUNNING", "-p", "training", "-n", "train", "-j", "12,14", "--limit", "5");

        var expected = new ListJobsRequest
        {
            IncludeEnded = true, User = "anna", Whose = "anna", Tier = "training", Name = "train", Limit = 5,
            States = { JobState.Pending, JobState.Running }, Ids = { "12", "14" },
        };
        Assert.Equal(expected, Assert.Single(_scheduler.Jobs.Requests));
    }
}
