using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Gavel;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Gavel;

/// <summary>Jobs at different speeds on different kinds of cards.</summary>
public sealed class GavelTests : IDisposable
{
    private const string Header = "job_id,arrival_units,job_type,scale_factor,total_steps\n";

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    // Both are fastest on the one fast card; "even" is as fast on the slow one, "fussy" ten times slower there.
    [InlineData("default", 0.5)]
    // The shorter takes the fast card; the other has done 179 steps when it is free, and has 1621 left.
    [InlineData("srtf", 0.5 * (0.5 + 0.5 + (1621 / 3600.0)))]
    public void Whoever_loses_little_leaves_the_fast_card(string policy, double hours)
    {
        var result = GavelFormat.Replay(Options("0,0,even,1,1790\n1,0,fussy,1,1800\n", policy), new NoProgress());

        Assert.Equal(hours, result.AverageJct, 0.02);
    }

    [Fact]
    public void Only_the_window_counts_and_work_goes_on_arriving_after_it()
    {
        var options = Options("0,0,even,1,3600\n1,1,even,1,3600\n2,2,even,1,3600\n", "las") with
        {
            Window = (1, 3),
            DurationsKnown = false,
        };

        var result = GavelFormat.Replay(options, new NoProgress());

        Assert.Equal(2, result.Jobs);
        Assert.Equal(1, result.Bound, 1e-9);
        Assert.InRange(result.AverageJct, result.Bound, 3);
    }

    [Fact]
    public void The_json_has_the_documented_fields_and_the_same_input_gives_the_same_result()
    {
        var options = Options("0,0,even,1,3600\n1,0.5,fussy,1,100\n", "default");
        string[] twice =
        [
            .. Enumerable.Range(0, 2).Select(_ => new JsonReport().Write(GavelFormat.Replay(options, new NoProgress()), TimeSpan.Zero)),
        ];

        Assert.Equal(twice[0], twice[1]);
        Assert.Equal(
            ["avgJctHours", "boundHours", "policy", "jobs", "seconds"], JsonNode.Parse(twice[0])!.AsObject().Select(field => field.Key));
    }

    [Theory]
    [InlineData("0,0,odd,1,10", "column 'job_type' is 'odd'; allowed: one with a speed on some kind of card in the throughput file")]
    [InlineData("0,0,even,2,10", "column 'scale_factor' is '2'; allowed: a whole number from 1 to 1")]
    [InlineData("0,0,even,1,-3", "column 'total_steps' is '-3'; allowed: a number from 0.001 to 1000000000000000")]
    public void A_broken_row_is_named(string row, string fault)
    {
        var refusal = Assert.Throws<InputException>(() => GavelFormat.Replay(Options(row + "\n", "default"), new NoProgress()));

        Assert.EndsWith($"jobs.csv:2: {fault}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v100")]
    [InlineData("v100=0")]
    [InlineData("v100=1,v100=2")]
    public void A_broken_cluster_is_refused(string text) =>
        Assert.StartsWith(
            $"--cluster is '{text}'; allowed: columns of the throughput file",
            Assert.Throws<InputException>(() => ClusterText.Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("5000-4000")]
    [InlineData("x")]
    public void A_broken_window_is_refused(string text) =>
        Assert.StartsWith(
            $"--window is '{text}'; allowed: ", Assert.Throws<InputException>(() => WindowText.Read(text)).Message,
            StringComparison.Ordinal);

    [TraceTheory]
    // Published, seed 0: the better of Gavel and AlloX with known run times; the better of LAS and Gandiva without; Gavel's linear program.
    [InlineData("default", true, 16.82)]
    [InlineData("default", false, 18.88)]
    [InlineData("max-min", false, 16.82)]
    public void Ours_is_below_the_published_policies_at_four_jobs_an_hour(string policy, bool known, double published) => Assert.InRange(
        GavelFormat.Replay(
            new(
                Path.Combine(Traces.Gavel, "jobs_single_seed0.csv.gz"),
                Path.Combine(Traces.Gavel, "isolated_steps_per_s.csv"),
                [("v100", 36), ("p100", 36), ("k80", 36)],
                4,
                policy)
            {
                Window = (4000, 5000),
                DurationsKnown = known,
            },
            new NoProgress()).AverageJct,
        15,
        published - 0.5);

    private GavelOptions Options(string rows, string policy) => new(
        files.Write("jobs.csv", Header + rows),
        files.Write("rates.csv", "job_type,scale_factor,fast,slow\neven,1,1,1\nfussy,1,1,0.1\n"),
        [("fast", 1), ("slow", 1)],
        1,
        policy);
}
