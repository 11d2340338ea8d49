using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Pools;

/// <summary>Jobs that never end are named, each with the reason that 'explain' would give, and the exit code says so.</summary>
public sealed class UnendedTests : IDisposable
{
    private const string Nodes = """
        node: box
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { uuid: GPU-1, model: "NVIDIA A100-SXM4-80GB", memory: 80GiB }
        ---
        node: desk
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { uuid: GPU-2, model: "NVIDIA GeForce RTX 4090", memory: 24GiB }
        """;

    private const string Nights = """
        nodes:
          - { name: desk, available: "22:00-07:00" }
        """;

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("0,60,training,A100:4,large,,", "1 large: BadConstraints: ")]
    [InlineData("0,60,validation,RTX4090:1,open-ended,,", "for a job without --time and --checkpoint")]
    [InlineData("0,60,validation,RTX4090:1,too-long,12h,", "1 too-long: ReqNodeNotAvail: ")]
    public void Each_is_named_with_why(string job, string why)
    {
        var result = Replay(job + "\n0,60,preprocessing,,fine,,\n");

        Assert.Equal((1, "1 of 2 jobs never end"), (result.ExitCode, result.Complaint));
        Assert.Contains(why, Flat(result.ToText(TimeSpan.Zero)), StringComparison.Ordinal);
        Assert.DoesNotContain("fine", result.ToText(TimeSpan.Zero), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_the_first_few_are_named_and_the_others_counted()
    {
        var result = Replay(string.Concat(Enumerable.Range(0, 9).Select(_ => "0,60,training,A100:4,large,,\n")));
        var text = result.ToText(TimeSpan.Zero);

        Assert.Contains("    5 large: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("6 large", text, StringComparison.Ordinal);
        Assert.Contains("… and 4 more", text, StringComparison.Ordinal);
        Assert.Equal(9, result.ToJson(TimeSpan.Zero)["neverEnded"]!.AsArray().Count);
    }

    [Fact]
    public void Json_has_their_ids_names_and_reasons()
    {
        var job = Replay("0,60,training,A100:4,large,,\n").ToJson(TimeSpan.Zero)["neverEnded"]![0]!;

        Assert.Equal(
            ("1", "large", "BadConstraints"), ((string)job["id"]!, (string)job["name"]!, (string)job["reason"]!));
        Assert.NotEmpty((string)job["text"]!);
    }

    [Fact]
    public void Where_all_end_nothing_is_said_of_it()
    {
        var result = Replay("0,60,training,1,fine,,\n");

        Assert.Equal((0, ""), (result.ExitCode, result.Complaint));
        Assert.DoesNotContain("never", result.ToText(TimeSpan.Zero), StringComparison.Ordinal);
        Assert.Empty(result.ToJson(TimeSpan.Zero)["neverEnded"]!.AsArray());
    }

    [Fact]
    public async Task The_process_says_it_on_standard_error_and_ends_with_1()
    {
        var (nodes, jobs) = (files.Write("nodes.yaml", Nodes), files.Write("jobs.csv", Header + "0,60,training,A100:4,large,,\n"));

        var (code, output, error) = await Simulator.RunAsync("--nodes", nodes, "--jobs", jobs);

        Assert.Equal((1, "gpusched-simulator: 1 of 1 jobs never end\n"), (code, error));
        Assert.Contains("these never end:\n    1 large: BadConstraints", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_names_the_exit_codes() =>
        Assert.Contains("1 some never end", SimulatorCommand.Notes, StringComparison.Ordinal);

    private const string Header = "submit_s,duration_s,tier,gpus,name,time,user\n";

    private PoolResult Replay(string jobs) => PoolFormat.Replay(
        new(files.Write("nodes.yaml", Nodes), files.Write("jobs.csv", Header + jobs), files.Write("pool.yaml", Nights), ""),
        new NoProgress());

    /// <summary>As one line: where it is wrapped doesn't matter.</summary>
    private static string Flat(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
