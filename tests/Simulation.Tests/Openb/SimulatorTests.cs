using System.Text.Json.Nodes;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Openb;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Openb;

/// <summary>The program from its command line to its output, on a workload of three rows.</summary>
public sealed class SimulatorTests : IDisposable
{
    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_json_has_the_documented_fields()
    {
        var json = JsonNode.Parse(new JsonReport().Write(OpenbFormat.Replay(Options()), TimeSpan.FromSeconds(1.5)))!;

        Assert.Equal("""{"95":null,"100":100,"130":100}""", json["allocatedPercentAt"]!.ToJsonString());
        Assert.Equal("""{"95":null,"100":0,"130":0}""", json["unallocatedPercentAt"]!.ToJsonString());
        Assert.Equal("""[1.5,"fgd",42,3,1]""", new JsonArray(
            [.. ((string[])["seconds", "policy", "seed", "placed",
                "turnedAway"]).Select(field => json[field]!.DeepClone())]).ToJsonString());
    }

    [Fact]
    public void The_text_names_the_points_that_were_not_reached() =>
        Assert.Contains("95   not reached", new TextReport().Write(OpenbFormat.Replay(Options()), TimeSpan.Zero), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var refusal = Assert.Throws<InputException>(() => OpenbFormat.Replay(Options() with { Pods = "/nowhere/pods.csv.gz" }));

        Assert.StartsWith("/nowhere/pods.csv.gz: can't be read:", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seed", "-1", "--seed is '-1'; allowed: a whole number from 0 to 2147483647")]
    [InlineData("--policy", "magic", "--policy is 'magic'; allowed: random, bestfit, fgd, default")]
    [InlineData("--output", "xml", "--output is 'xml'; allowed: text, json")]
    [InlineData("--format", "swf", "--format is 'swf'; allowed: pool, openb, muri, gavel, shockwave")]
    [InlineData("--jobs", "x", "--jobs is not a flag of --format openb; it has: --nodes, --pods, --order, --seed, --policy, --output")]
    public void A_wrong_flag_is_refused_with_what_is_allowed(string flag, string value, string message)
    {
        string[] format = flag == "--format" ? [] : ["--format", "openb"];
        var parsed = SimulatorCommand.Create((_, _) => 0, new NoProgress()).Parse(
            [.. format, "--nodes", "a", "--pods", "b", "--order", "c", flag, value]);

        Assert.Equal([message], parsed.Errors.Select(error => error.Message));
    }

    [Fact]
    public void A_missing_flag_is_named() => Assert.Equal(
        ["--format muri needs --jobs FILE", "--format muri needs --overheads FILE"],
        SimulatorCommand.Create((_, _) => 0, new NoProgress()).Parse(["--format", "muri", "--cluster", "c"])
            .Errors.Select(error => error.Message));

    private OpenbOptions Options() => new(
        files.Write("nodes.csv", "sn,cpu_milli,memory_mib,gpu,model\nn1,8000,1024,1,A\nn2,8000,1024,1,B\n"),
        files.Write("pods.csv", "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\na,1,1,1,500,\nb,1,1,1,1000,B\nc,1,1,1,600,A|C\n"),
        files.Write("order.csv", "step,seed42,seed43\n0,0,1\n1,1,2\n2,0,0\n3,2,\n4,,\n"),
        42,
        "fgd");
}
