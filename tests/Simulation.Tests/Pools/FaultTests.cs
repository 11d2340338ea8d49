using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Pools;

/// <summary>Machines that break, from our own files and from the public ones.</summary>
public sealed class FaultTests : IDisposable
{
    private const string Header = "submit_s,duration_s,tier,gpus_per_node,nodes,checkpoint_every_s,restart_s\n";
    private const double Day = 86_400;

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    // Saved at 900 s, broken at 1000: the others of the gang wait for the lease of 300 s to run out. The machine is back at 2000, and
    // 50 s of restarting later 1100 s are left, or all.
    [InlineData("900", 2000 + 50 + 1100, 400)]
    [InlineData("", 2000 + 50 + 2000, 1300)]
    public void A_gang_whose_machine_breaks_starts_again_from_its_checkpoint(string every, double end, double lost)
    {
        var result = Replay(2, $"0,2000,training,1,2,{every},50\n", "node,start_s,end_s\nnode-2,1000,2000\n");

        var use = result.Classes[DeviceClass.Datacenter];
        Assert.Equal(end, result.Makespan, 1e-3);
        Assert.Equal(2 * lost, use.Lost.Values.Sum(), 1);
        Assert.Equal(2 * 50, use.Restart, 1e-6);
        Assert.Equal(2, result.Jobs.Single().Attempts);
    }

    [Fact]
    public void A_gang_that_loses_all_its_machines_starts_again_too()
    {
        var result = Replay(2, "0,2000,training,1,2,500,50\n", "node,start_s,end_s\nnode-1,1000,1500\nnode-2,1000,1600\n");

        Assert.Equal(JobState.Completed, result.Jobs.Single().Outcome);
        Assert.InRange(result.Makespan, 1600 + 50 + 1000, 1600 + 50 + 1500);
    }

    [Fact]
    public void Public_columns_are_days_and_their_machines_stand_for_ours_in_order()
    {
        var faults = Faults("node_id,start_day,end_day\nb,2,3\na,1,1.5\nb,5,6\nc,7,8\n", machines: 2);

        Assert.Equal(
            [new("node-2", "", 1 * Day, 1.5 * Day), new("node-1", "", 2 * Day, 3 * Day), new("node-1", "", 5 * Day, 6 * Day)],
            faults);
    }

    [Theory]
    [InlineData("node_id,start_day,end_day\na,3,2\n", "faults.csv:2: column 'end_day' is '2'; allowed: a number from 3 to")]
    [InlineData("node_id,start_day,end_day\na,x,2\n", "faults.csv:2: column 'start_day' is 'x'; allowed: a number from 0 to")]
    [InlineData("node_id,start_day\na,1\n", "faults.csv:1: has no column 'end_day'; it has: node_id, start_day")]
    [InlineData(
        "node,start_s,end_s,device\nnode-1,1,2,GPU-9\n",
        "faults.csv:2: column 'device' is 'GPU-9'; allowed: a card of node node-1, or nothing for all of it")]
    [InlineData(
        "node,start_s,ends_s\nnode-1,1,2\n",
        "faults.csv:1: unknown column 'ends_s': did you mean 'end_s'?\nallowed columns: node, device, start_s, end_s")]
    public void A_broken_row_is_named(string faults, string fault) =>
        Assert.Contains(fault, Assert.Throws<InputException>(() => Faults(faults, machines: 2)).Message, StringComparison.Ordinal);

    [TraceTheory]
    [InlineData(200, 282)]
    [InlineData(1, 4)]
    public void The_public_trace_is_read(int machines, int count)
    {
        var faults = FaultsFile.Read(CsvTable.Open(Path.Combine(Traces.Faults, "infinitehbd_faults_half_a.csv")), Machines(machines));

        Assert.Equal(count, faults.Count);
        Assert.All(faults, fault => Assert.InRange(fault.End, fault.Start, 400 * Day));
    }

    [TraceTheory]
    [InlineData("1800", 99, 100)]
    [InlineData("", 50, 95)]
    public void Checkpoints_keep_what_blind_restarts_lose(string every, double least, double most)
    {
        // Ten jobs of ten machines for thirty days each: each is hit by several of the trace's faults.
        var jobs = string.Concat(Enumerable.Range(0, 10).Select(_ => $"0,{30 * Day},training,1,10,{every},300\n"));
        var use = Replay(110, jobs, File.ReadAllText(Path.Combine(Traces.Faults, "infinitehbd_faults_half_a.csv")))
            .Classes[DeviceClass.Datacenter];

        Assert.InRange(100 * use.Useful / use.Held, least, most);
    }

    private PoolResult Replay(int machines, string jobs, string faults) => PoolFormat.Replay(
        new(files.Write("nodes.yaml", Nodes(machines)), files.Write("jobs.csv", Header + jobs), "", files.Write("faults.csv", faults)),
        new NoProgress());

    private IReadOnlyList<SimulatedFault> Faults(string text, int machines) =>
        FaultsFile.Read(CsvTable.Open(files.Write("faults.csv", text)), Machines(machines));

    private IReadOnlyList<SimulatedNode> Machines(int count) => NodesFile.Read(files.Write("nodes.yaml", Nodes(count)));

    private static string Nodes(int count) => $$"""
        node: node
        copies: {{count}}
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { model: "NVIDIA A100-SXM4-80GB", memory: 80GiB }
        """;
}
