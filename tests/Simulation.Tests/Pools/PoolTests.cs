using System.Text.Json.Nodes;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Pools;

/// <summary>The live engine in virtual time, on cases that can be worked out by hand.</summary>
public sealed class PoolTests : IDisposable
{
    private const string OneCard = """
        node: box
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { uuid: GPU-1, model: "NVIDIA A100-SXM4-80GB", memory: 80GiB }
        """;

    private const string TwoBoxes = """
        node: box
        copies: 2
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { model: "NVIDIA A100-SXM4-80GB", memory: 80GiB, count: 2 }
        """;

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_second_job_waits_for_the_only_card()
    {
        var result = Replay(OneCard, "submit_s,duration_s,tier,gpus\n0,100,training,1\n10,50,training,1\n");

        Assert.Equal([100, 140], result.Jobs.Select(job => job.Jct!.Value));
        Assert.Equal([0, 90], result.Jobs.Select(job => job.Wait!.Value));
        Assert.Equal(150, result.Makespan);
        Assert.Equal(150, result.Classes[DeviceClass.Datacenter].Useful, 1e-6);
        Assert.Equal(10, result.Classes[DeviceClass.Datacenter].HeldWhileArriving, 1e-6);
    }

    [Fact]
    public void A_card_runs_a_job_at_the_speed_that_the_file_says()
    {
        var result = Replay(OneCard, "submit_s,duration_s,tier,gpus,speed_A100\n0,100,training,1,4\n0,100,training,1,\n");

        Assert.Equal([25, 125], result.Jobs.Select(job => job.Jct!.Value));
    }

    [Fact]
    public void A_job_goes_where_others_of_its_family_were_fastest_whatever_the_catalog_says()
    {
        const string Mixed = """
            node: old
            cpu: { cores: 8, memory: 64GiB }
            devices:
              - { uuid: GPU-1, model: "NVIDIA A100-SXM4-80GB", memory: 80GiB }
            ---
            node: new
            cpu: { cores: 8, memory: 64GiB }
            devices:
              - { uuid: GPU-2, model: "NVIDIA A10", memory: 24GiB }
            """;

        var result = Replay(Mixed, "submit_s,duration_s,name,tier,gpus,checkpoint_every_s,speed_A10\n"
            + "0,400,gan,training,1,10,4\n0,400,gan,training,1,10,4\n500,400,gan,training,1,10,4\n500,400,other,training,1,10,4\n");

        // The first goes to the A100 by the catalog; the third knows better, and the stranger takes what is left.
        Assert.Equal([400, 100, 100, 400], result.Jobs.Select(job => job.Jct!.Value));
    }

    [Theory]
    // Saved at 30 s of work; the machine breaks at 40 and is back at 1000: 70 s are left, after 5 s of restarting.
    [InlineData("30", 1000 + 5 + 70, 10)]
    // Nothing saved: all of it again.
    [InlineData("", 1000 + 5 + 100, 40)]
    public void A_broken_machine_costs_what_was_not_saved(string every, double end, double lost)
    {
        var result = Replay(
            OneCard,
            $"submit_s,duration_s,tier,gpus,checkpoint_every_s,restart_s\n0,100,training,1,{every},5\n",
            "node,start_s,end_s\nbox,40,1000\n");

        var use = result.Classes[DeviceClass.Datacenter];
        Assert.Equal(end, result.Makespan, 1e-3);
        Assert.Equal(lost, use.Lost[EndCause.NodeLost], 1e-6);
        Assert.Equal(5, use.Restart, 1e-6);
        Assert.Equal(960, use.Broken, 1e-6);
    }

    [Fact]
    public void A_lost_card_moves_its_job_to_another_and_leaves_the_neighbour_alone()
    {
        var result = Replay(
            TwoBoxes,
            "submit_s,duration_s,tier,gpus,checkpoint_every_s\n0,100,training,1,10\n0,100,training,1,10\n",
            "node,device,start_s,end_s\nbox-1,GPU-box-1-0,55,500\n");

        Assert.Equal([2, 1], result.Jobs.Select(job => job.Attempts).OrderDescending());
        Assert.Equal(5, result.Classes[DeviceClass.Datacenter].Lost[EndCause.Exited], 1e-6);
        Assert.All(result.Jobs, job => Assert.Equal(JobState.Completed, job.Outcome));
    }

    [Fact]
    public void Time_limits_and_exit_codes_end_a_job_as_they_do_live()
    {
        var result = Replay(OneCard, "submit_s,duration_s,tier,gpus,time,exit_code,retries\n0,500,training,1,2m,,\n0,50,training,1,,3,0\n");

        Assert.Equal([JobState.Timeout, JobState.Failed], result.Jobs.Select(job => job.Outcome!.Value));
        Assert.Equal(120, result.Jobs[0].Jct);
    }

    [Fact]
    public void A_job_that_never_fits_ends_the_replay_unfinished()
    {
        var json = JsonNode.Parse(new JsonReport().Write(Replay(OneCard, "submit_s,duration_s,gpus\n0,10,4\n0,10,1\n"), TimeSpan.Zero))!;

        string[] fields = ["jobs", "completed", "failed", "unfinished"];
        Assert.Equal("""[2,1,0,1]""", new JsonArray([.. fields.Select(field => json[field]!.DeepClone())]).ToJsonString());
    }

    [Fact]
    public void Json_lines_are_read_like_rows_and_the_same_files_give_the_same_result()
    {
        const string Lines = """
            {"submit_s":0,"duration_s":100,"gpus":"A100:40GB..,H100:1","tier":"training"}
            {"submit_s":1,"duration_s":10}
            """;
        var options = Options(TwoBoxes, Lines, "", "jobs.jsonl");

        string[] twice =
        [
            .. Enumerable.Range(0, 2).Select(_ => new JsonReport().Write(PoolFormat.Replay(options, new NoProgress()), TimeSpan.Zero)),
        ];

        Assert.Equal(twice[0], twice[1]);
        Assert.Contains("\"completed\":2", twice[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("submit_s,duration_s\n-1,10\n", "jobs.csv:2: column 'submit_s' is '-1'; allowed: a number from 0 to 3000000000")]
    [InlineData(
        "submit_s,duration_s,cpus\n0,10,1\n0,10,1.5\n", "jobs.csv:3: column 'cpus' is '1.5'; allowed: a whole number from 0 to 4096")]
    [InlineData(
        "submit_s,duration_s,priority\n0,10,-7x\n",
        "jobs.csv:2: column 'priority' is '-7x'; allowed: a whole number from -1000000 to 1000000")]
    [InlineData(
        "submit_s,duration_s,gpus,gpus_per_node\n0,10,8,8\n",
        "jobs.csv:2: column 'gpus_per_node' is '8'; allowed: nothing where 'gpus' says how many there are in all")]
    [InlineData(
        "submit_s,duration_s,speed_FOO\n0,10,1\n",
        "jobs.csv:1: column 'speed_FOO' names no card of the catalog; allowed: speed_ and a model, such as speed_A100")]
    [InlineData("submit_s,duration_s,tier\n0,10,best\n", "jobs.csv:2: refused: ")]
    [InlineData("submit_s,duration_s,tire\n0,10,training\n", "jobs.csv:1: unknown column 'tire': did you mean 'time' or 'tier'?\n")]
    [InlineData(
        "submit_s,duration_s,tire,xyzzy\n0,10,training,1\n",
        "jobs.csv:1: unknown column 'xyzzy'\nallowed columns: submit_s, duration_s, name, user, project, tier, gpus, gpus_per_node,")]
    public void A_broken_row_is_named(string jobs, string fault)
    {
        var refusal = Assert.Throws<InputException>(() => Replay(OneCard, jobs));

        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_machines_and_faults_are_named()
    {
        var nodes = Assert.Throws<InputException>(() => Replay("node: a\ncpu: { cores: none }\nfoo: 1\n", "submit_s,duration_s\n0,1\n"))
            .Message;
        var faults = Assert.Throws<InputException>(() => Replay(OneCard, "submit_s,duration_s\n0,1\n", "node,start_s,end_s\nbax,1,2\n"))
            .Message;

        Assert.Contains("nodes.yaml:2: cpu.cores: 'none': a whole number from 1 to 100000", nodes, StringComparison.Ordinal);
        Assert.Contains("nodes.yaml:3: foo", nodes, StringComparison.Ordinal);
        Assert.EndsWith("faults.csv:2: column 'node' is 'bax'; allowed: a machine of the pool", faults, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_one_line_that_is_written_over()
    {
        var terminal = new StringWriter();
        var bar = new ProgressLine(terminal);

        bar.Show(0, 2);
        bar.Show(0, 2);
        bar.Show(1, 2);

        Assert.Equal($"\r[{new string('.', 40)}]   0 %\r[{new string('#', 20)}{new string('.', 20)}]  50 %", terminal.ToString());
    }

    private PoolResult Replay(string nodes, string jobs, string faults = "") =>
        PoolFormat.Replay(Options(nodes, jobs, faults, "jobs.csv"), new NoProgress());

    private PoolOptions Options(string nodes, string jobs, string faults, string name) => new(
        files.Write("nodes.yaml", nodes), files.Write(name, jobs), "", faults.Length == 0 ? "" : files.Write("faults.csv", faults));
}
