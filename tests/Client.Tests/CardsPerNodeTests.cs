using GpuScheduler.Client.Output;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>Which flags count for each node and which are totals, as Slurm has it; and that the last of several counts.</summary>
public sealed class CardsPerNodeTests : Submitting
{
    [Theory]
    [InlineData("--nodes=2 --gres=gpu:a100:2", "a100:2", true)]
    [InlineData("--gres=gpu:1 --nodes=2", "1", true)]
    [InlineData("-N2 --gpus-per-node=2", "2", true)]
    [InlineData("-N2 --gpus-per-task=2", "2", true)]
    [InlineData("-N2 -G 4", "4", false)]
    [InlineData("--gres gpu:1 --gpus 2", "2", false)]
    [InlineData("--gpus 2 --gres gpu:1", "1", true)]
    [InlineData("--gpus 2 --gpus-per-node 4 --gpus 8", "8", false)]
    [InlineData("--gpus-per-node=1 --gres=gpu:4", "4", true)]
    public async Task The_last_flag_counts_and_says_whether_for_each_node(string flags, string gpus, bool perNode)
    {
        await NewCli().RunAsync(["submit", .. flags.Split(' '), "--", "true"]);

        Assert.Equal((gpus, perNode), (Sent.Gpus, Sent.GpusPerNode));
    }

    [Theory]
    [InlineData("#SBATCH --gres=gpu:1\n#SBATCH --gpus=2\n", "2", false)]
    [InlineData("#SBATCH --gpus=2\n#SBATCH --gres=gpu:1\n", "1", true)]
    [InlineData("#SBATCH --gres=gpu:1 --gpus=2\n", "2", false)]
    [InlineData("#SBATCH --gpus=2 --gres=gpu:1\n", "1", true)]
    [InlineData("#GPUSCHED --gpus 3\n#SBATCH --gres=gpu:1\n", "3", false)]
    public async Task In_a_script_the_last_line_counts(string header, string gpus, bool perNode)
    {
        var script = Path.Combine(Folder.FullName, "job.sh");
        await File.WriteAllTextAsync(script, "#!/bin/sh\n" + header + "true\n");

        await NewCli().RunAsync("submit", script);

        Assert.Equal((gpus, perNode), (Sent.Gpus, Sent.GpusPerNode));
    }

    [Fact]
    public async Task The_command_line_beats_a_script_in_either_spelling()
    {
        var script = Path.Combine(Folder.FullName, "job.sh");
        await File.WriteAllTextAsync(script, "#!/bin/sh\n#SBATCH --gres=gpu:4\ntrue\n");

        await NewCli().RunAsync("submit", "--gpus", "2", script);

        Assert.Equal(("2", false), (Sent.Gpus, Sent.GpusPerNode));
    }

    [Theory]
    [InlineData("SBATCH_GRES", "gpu:2", "2", true)]
    [InlineData("SBATCH_GPUS", "4", "4", false)]
    [InlineData("SBATCH_GPUS_PER_NODE", "a100:2", "a100:2", true)]
    public async Task Variables_say_the_same_as_their_flags(string variable, string value, string gpus, bool perNode)
    {
        var cli = NewCli();
        cli.Environment[variable] = value;

        await cli.RunAsync("submit", "-N", "2", "--", "true");

        Assert.Equal((gpus, perNode), (Sent.Gpus, Sent.GpusPerNode));
    }

    [Theory]
    [InlineData("-n 1")]
    [InlineData("-N 3 -n 3")]
    [InlineData("-N 3 --ntasks-per-node=1")]
    public async Task Numbers_of_tasks_that_are_true_anyway_are_taken(string flags) =>
        Assert.Equal(0, (await NewCli().RunAsync(["submit", .. flags.Split(' '), "--", "true"])).ExitCode);

    [Theory]
    [InlineData("-n 4", "--ntasks: '4': one process starts on each machine, so 1 with --nodes 1")]
    [InlineData("-N 2 -n 1", "--ntasks: '1': one process starts on each machine, so 2 with --nodes 2")]
    [InlineData("--ntasks-per-node=4", "--ntasks-per-node: '4': only 1; one process starts on each machine")]
    [InlineData("--mem-per-cpu=1G", "flag '--mem-per-cpu' isn't supported: ")]
    [InlineData("--cpus-per-gpu=4", "flag '--cpus-per-gpu' isn't supported: ")]
    [InlineData("--ntasks-per-gpu=1", "flag '--ntasks-per-gpu' isn't supported: ")]
    [InlineData("--gpus-per-socket=1", "flag '--gpus-per-socket' isn't supported: ")]
    public async Task What_can_not_be_honoured_is_refused_in_words(string flags, string message)
    {
        var result = await NewCli().RunAsync(["submit", .. flags.Split(' '), "--", "true"]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("gpusched: " + message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a100:2", 2, true, "4")]
    [InlineData("a100:2", 2, false, "2")]
    [InlineData("a100", 0, true, "1")]
    public void The_queue_counts_a_waiting_jobs_cards_on_all_nodes(string gpus, int nodes, bool perNode, string shown) =>
        Assert.Equal(shown, JobRows.Gpus(new Job { Spec = new JobSpec { Gpus = gpus, Nodes = nodes, GpusPerNode = perNode } }));
}
