using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Muri;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Muri;

/// <summary>The replay on workloads that can be worked out by hand.</summary>
public sealed class MuriTests : IDisposable
{
    private const string Header =
        "job_id,num_gpu,submit_time,iterations,model_name,iteration_time,resource_time_0,resource_time_1,resource_time_2\n";

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    // 1.015 s an iteration. Job 0 needs 101.5 s of both cards, job 1 10.15 s of both and comes at 20 s.
    // Shortest first: job 1 runs at once; job 0 has lost 5 s of its 20, so 101.5 - 15 are left when job 1 ends.
    [InlineData("srtf", true, 0.5 * (10.15 + (20 + 10.15 + 86.5)), 20 + 10.15 + 86.5)]
    [InlineData("fifo", true, 0.5 * (106.5 + (106.5 - 20 + 10.15)), 106.5 + 10.15)]
    // Charged at real starts: each start costs 5 s; job 0 starts twice.
    [InlineData("srtf", false, 0.5 * (15.15 + (20 + 15.15 + 5 + 86.5)), 20 + 15.15 + 5 + 86.5)]
    public void Restarts_cost_progress(string policy, bool everyEvent, double average, double makespan)
    {
        var result = MuriFormat.Replay(
            Options("0,2,0,100,m,1000,1,1,1\n1,2,20000,10,m,1000,1,1,1\n", policy) with { ChargeEveryEvent = everyEvent });

        Assert.Equal(average, result.AverageJct, 1e-6);
        Assert.Equal(makespan, result.Makespan, 1e-6);
    }

    [Fact]
    public void The_json_has_the_documented_fields_and_the_same_input_gives_the_same_result()
    {
        var options = Options("0,1,0,100,m,1000,1,1,1\n1,2,0,10,m,1000,1,1,1\n", "default");
        var (first, second) = (MuriFormat.Replay(options), MuriFormat.Replay(options));

        Assert.Equal(first, second);
        var json = JsonNode.Parse(new JsonReport().Write(first, TimeSpan.Zero))!.AsObject();
        Assert.Equal(["avgJctSeconds", "p99JctSeconds", "makespanSeconds", "policy", "jobs", "seconds"], json.Select(field => field.Key));
    }

    [Theory]
    [InlineData("0,0,0,1,m,1,1,1,1", "column 'num_gpu' is '0'; allowed: a whole number from 1 to 1024")]
    [InlineData("0,1,0,1,m,fast,1,1,1", "column 'iteration_time' is 'fast'; allowed: a number from 0.001 to 1000000000000000")]
    [InlineData("0,1,0,NaN,m,1,1,1,1", "column 'iterations' is 'NaN'; allowed: a number from 1 to 1000000000000000")]
    [InlineData("0,3,0,1,m,1,1,1,1", "column 'num_gpu' is '3'; allowed: at most 2, the cards of the cluster")]
    public void A_broken_row_is_named(string row, string fault)
    {
        var refusal = Assert.Throws<InputException>(() => MuriFormat.Replay(Options(row + "\n", "srtf")));

        Assert.EndsWith($"jobs.csv:2: {fault}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "cluster.csv", "num_switch,num_node_p_switch,num_gpu_p_node\n1,none,2\n", "cluster.csv:2: column 'num_node_p_switch' is 'none'")]
    [InlineData("overheads.csv", "num_gpu,model,overhead_s\n1,m,long\n", "overheads.csv:2: column 'overhead_s' is 'long'")]
    [InlineData("overheads.csv", "num_gpu,model\n1,m\n", "overheads.csv:1: has no column 'overhead_s'")]
    public void A_broken_row_of_the_other_files_is_named(string file, string text, string fault)
    {
        var options = Options("0,1,0,100,m,1000,1,1,1\n", "srtf");
        files.Write(file, text);

        Assert.Contains(fault, Assert.Throws<InputException>(() => MuriFormat.Replay(options)).Message, StringComparison.Ordinal);
    }

    private MuriOptions Options(string rows, string policy) => new(
        files.Write("jobs.csv", Header + rows),
        files.Write("cluster.csv", "num_switch,num_node_p_switch,num_gpu_p_node\n1,1,2\n"),
        files.Write("overheads.csv", "num_gpu,model,overhead_s\n1,m,5\n2,m,5\n"),
        policy);
}
