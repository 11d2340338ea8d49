using System.Text.Json;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Tests;

/// <summary>What users write never commands the terminal of those who read it, and never looks like a line of ours.</summary>
public sealed class TerminalSafetyTests : Submitting
{
    /// <summary>Clears the screen, sets a title, returns to the line's start, forges a line, turns the writing, breaks a line, and
    /// commands of the second set.</summary>
    private const string Evil = "a\e[2J\e]0;title\a\rb\nState: COMPLETED\u202Ec\u2028d\u009B2Je\u0007f\u2066g\u200Fh";

    private static Job EvilJob => new()
    {
        Id = "12",
        State = JobState.Running,
        Tier = "training",
        Reason = Evil,
        ReasonText = Evil,
        Node = "lab" + Evil,
        Nodes = { new NodeShare { Node = "x" + Evil }, new NodeShare { Node = "y" + Evil } },
        Spec = new JobSpec
        {
            Name = Evil, User = Evil, Project = Evil, Comment = Evil, WorkingDirectory = "/" + Evil, Output = "/" + Evil, Dependency = Evil,
            Gpus = Evil, TimeLimit = Evil, Command = { "sh", "-c", Evil },
        },
        Acts = { EvilAct },
        Attempts = { new Attempt { Number = 1, Node = Evil, Message = Evil, Devices = { Evil }, EndTime = Samples.Ago(5) } },
    };

    private static Act EvilAct => new() { Kind = ActKind.Cancelled, User = Evil, Reason = Evil, CardUuid = Evil, Time = Samples.Ago(5) };

    public static TheoryData<string> Verbs => ["show 12", "explain 12", "queue", "queue --all --output quiet",
        "nodes", "gpus", "prio", "share", "cancel 12", "wait 12", "submit -- true", "reload", "drain n", "resume n"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task No_verb_lets_a_command_through(string line)
    {
        FillWithEvil();
        var result = await NewCli().RunAsync(line.Split(' '));

        AssertPlain(result.Out);
        AssertPlain(result.Error);
        Assert.DoesNotContain((result.Out + result.Error).Split('\n'), IsForged);
    }

    [Theory]
    [InlineData("show 12 --output json")]
    [InlineData("explain 12 --output json")]
    [InlineData("queue --output json")]
    [InlineData("nodes --output json")]
    [InlineData("cancel 12 --output json")]
    [InlineData("submit --json -- true")]
    public async Task Json_is_escaped_and_says_the_same(string line)
    {
        FillWithEvil();
        var result = await NewCli().RunAsync(line.Split(' '));

        AssertPlain(result.Out);
        Assert.Contains("\\u202e", result.Out, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Evil, Strings(JsonDocument.Parse(result.Out).RootElement));
    }

    [Fact]
    public async Task Nor_does_a_refusal_or_a_wrong_word()
    {
        Scheduler.Jobs.Failures.Enqueue(new RpcException(new Status(StatusCode.InvalidArgument, "name: '" + Evil + "': no")));

        AssertPlain((await NewCli().RunAsync("submit", "--", "true")).Error);
        AssertPlain((await NewCli().RunAsync(Evil)).Error);
        AssertPlain((await NewCli().RunAsync("queue", "--" + Evil)).Error);
    }

    [Fact]
    public async Task A_value_is_one_line_of_show()
    {
        Scheduler.Jobs.Jobs.Add(EvilJob);

        var lines = (await NewCli().RunAsync("show", "12")).Out.Split('\n');

        Assert.DoesNotContain("State: COMPLETED", lines);
        Assert.Single(lines, text => text.StartsWith("State:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_jobs_own_output_passes_as_it_is()
    {
        Scheduler.Jobs.Jobs.Add(EvilJob);
        Scheduler.Jobs.LogByAttempt[0] = Evil;
        Scheduler.Jobs.LogByAttempt[1] = Evil;

        Assert.Equal(Evil, (await NewCli().RunAsync("logs", "12")).Out);
    }

    private void FillWithEvil()
    {
        var ended = EvilJob;
        ended.State = JobState.Cancelled;
        Scheduler.Jobs.Jobs.Add(ended);
        Scheduler.Jobs.EndWatch();
        Scheduler.Jobs.Outcomes.Add(new JobOutcome { Id = "12", Changed = false, Message = Evil });
        Scheduler.Jobs.Explanation = new ExplainJobResponse
        {
            Id = "12",
            State = JobState.Pending,
            Reasons = { new Explanation { Reason = Evil, Text = Evil, Count = 2 } },
            Acts = { EvilAct },
            Forecast = new StartForecast
            {
                Basis = Evil, BlockedBy = { new Blocker { Id = "13", Text = Evil } },
                WouldStartIf = { new StartChange { Change = Evil, StartsNow = true, Text = Evil } },
            },
        };
        Scheduler.Jobs.Answer = (_, _) => new SubmitJobResponse
        {
            Id = "12", Tier = Evil, TierDerived = true, TierReason = Evil, Warnings = { Evil }, ElementCount = 1,
        };
        Scheduler.Pools.Pool.Nodes.Clear();
        Scheduler.Pools.Pool.Nodes.Add(new Node
        {
            Name = "n", Reason = Evil, Available = Evil, Devices =
            {
                new Device { Uuid = Evil, Model = Evil, Jobs = { "12" } },
                new Device { Uuid = Evil, Model = Evil, State = DeviceState.Cordoned, DrainedBy = Evil, DrainReason = Evil },
            },
        });
    }

    /// <summary>Begins with what a user wrote behind a line break.</summary>
    private static bool IsForged(string line) => line.TrimStart().StartsWith("State: COMPLETED", StringComparison.Ordinal);

    private static void AssertPlain(string text) =>
        Assert.DoesNotContain(text, letter => letter != '\n' && (char.IsControl(letter) || "\u202E\u2028\u2066\u200F".Contains(letter)));

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Strings(property.Value)),
        _ => [],
    };
}
