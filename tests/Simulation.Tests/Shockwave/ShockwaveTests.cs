using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Shockwave;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Shockwave;

/// <summary>Rounds of 120 s on equal cards; a restart costs 20 s.</summary>
public sealed class ShockwaveTests : IDisposable
{
    private const string Header = "job_type,scale_factor,total_steps,adapted_duration_s,arrival_s\n";
    private const string Speeds = """{"v100": {"('A', 1)": {"null": 1.0}, "('A', 2)": {"null": 2.0}, "('B', 1)": {"null": 0.0}}}""";

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_job_alone_takes_its_adapted_time_and_not_what_its_first_speed_says()
    {
        var result = Replay("A,1,600,300,0\n");

        Assert.Equal((300, 300, 1, 0), (result.Makespan, result.AverageJct, result.WorstRho, result.UnfairPercent));
    }

    [Fact]
    public void Who_starts_later_than_the_first_round_loses_a_restart()
    {
        var result = Replay("A,1,300,300,0\nA,1,300,300,120\n", cards: 2);

        // 100 steps in the first of its rounds, 120 in the next, 80 in the last: from 120 s to 440 s.
        Assert.Equal(440, result.Makespan, 1e-6);
        Assert.Equal((300 + 320) / 2.0, result.AverageJct, 1e-6);
    }

    [Fact]
    public void Fairness_is_measured_against_a_share_of_the_cards()
    {
        // Two jobs a card: a fair share doubles every run time. The second ends after 240 s and a restart.
        var result = Replay("A,1,120,120,0\nA,1,120,120,0\n", policy: "fifo");

        Assert.Equal(260 / 240.0, result.WorstRho, 1e-6);
        Assert.Equal(50, result.UnfairPercent);
    }

    [Theory]
    // The long one alone decides when all is done; the short ones end soonest if they go first.
    [InlineData("srtf", 3600 + 240 + 20, true)]
    [InlineData("default", 3600 + 20, false)]
    public void Ours_lets_the_job_that_decides_the_end_run_at_once(string policy, double most, bool late)
    {
        var result = Replay("A,1,3600,3600,0\nA,1,240,240,0\nA,1,240,240,0\nA,1,240,240,0\n", policy, cards: 2);

        Assert.Equal(3600, result.Bound);
        Assert.InRange(result.Makespan, late ? 3600 + 120 : 3600, most);
    }

    [Fact]
    public void The_json_has_the_documented_fields_and_the_same_input_gives_the_same_result()
    {
        string[] twice =
        [
            .. Enumerable.Range(0, 2).Select(_ => new JsonReport().Write(Replay("A,2,600,300,5\nA,1,100,90,7\n", cards: 2), TimeSpan.Zero)),
        ];

        Assert.Equal(twice[0], twice[1]);
        Assert.Equal(
            ["makespanSeconds", "avgJctSeconds", "worstRho", "unfairPercent", "makespanBoundSeconds", "policy", "jobs", "seconds"],
            JsonNode.Parse(twice[0])!.AsObject().Select(field => field.Key));
    }

    [Theory]
    [InlineData(
        "A,1,600,300,0\nC,1,9,9,9", "jobs.csv:3: column 'job_type' is 'C'; allowed: one with a speed on 1 cards in the throughput file")]
    [InlineData("B,1,600,300,0", "jobs.csv:2: column 'job_type' is 'B'; allowed: one with a speed on 1 cards in the throughput file")]
    [InlineData("A,3,600,300,0", "jobs.csv:2: column 'scale_factor' is '3'; allowed: a whole number from 1 to 2")]
    [InlineData("A,1,0,300,0", "jobs.csv:2: column 'total_steps' is '0'; allowed: a number from 1 to 1000000000000000")]
    [InlineData("A,1,1,121,0", "jobs.csv:2: column 'adapted_duration_s' is '121'; allowed: a number from 0.001 to 120")]
    [InlineData("A,1,600,NaN,0", "jobs.csv:2: column 'adapted_duration_s' is 'NaN'; allowed: a number from 0.001 to 72000")]
    [InlineData("A,1,600,300,-1", "jobs.csv:2: column 'arrival_s' is '-1'; allowed: a number from 0 to 3000000000")]
    [InlineData("", "jobs.csv: has no rows; allowed: at least one job")]
    public void A_broken_row_is_named(string rows, string fault) =>
        Assert.EndsWith(fault, Assert.Throws<InputException>(() => Replay(rows, cards: 2)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[]", "has no object 'v100'; allowed: speeds by job below the name of the card")]
    [InlineData("""{"v100": {"A": {}}}""", "v100, 'A': is no job; allowed: a type and a number of cards, such as ('LM (batch size 5)', 1)")]
    [InlineData("""{"v100": {"('A', 1)": {"null": "fast"}}}""", "v100, '('A', 1)': 'null' is '\"fast\"'; allowed: steps per second, a number from 0 to 1000000000")]
    [InlineData("""{"v100": """, "can't be read: ")]
    public void Broken_speeds_are_named(string json, string fault) =>
        Assert.Contains(
            fault, Assert.Throws<InputException>(() => MeasuredSpeeds.Read(files.Write("speeds.json", json))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Speeds_may_be_a_table_too()
    {
        var speeds = MeasuredSpeeds.Read(files.Write("speeds.csv", "job_type,scale_factor,v100\nA,1,4\nA,2,\nB,1,0\n"));

        Assert.Equal([new(("A", 1), 0.25)], speeds);
    }

    private ShockwaveResult Replay(string rows, string policy = "default", int cards = 1) => ShockwaveFormat.Replay(
        new(files.Write("jobs.csv", Header + rows), files.Write("speeds.json", Speeds), cards, policy), new NoProgress());
}
