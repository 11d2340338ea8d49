using GpuScheduler.Core.Model;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

public sealed class WarningTests
{
    private static readonly Node[] Pool =
    [
        Node("desk-1", 24_564, "NVIDIA GeForce RTX 4090"),
        Node("lab-a100", 81_920, "NVIDIA A100-SXM4-80GB", "NVIDIA A100-SXM4-80GB", "NVIDIA A100-SXM4-80GB", "NVIDIA A100-SXM4-80GB"),
        Node("lab-cpu", 0),
        Node("desk-2", 8192, "NVIDIA GeForce RTX 3080", "NVIDIA GeForce RTX 2080 Ti"),
    ];

    [Theory]
    [InlineData("training", "4", null)]
    [InlineData("training", "8", "no node has 8 GPUs of one model; the largest has 4 (lab-a100): the job waits until one joins")]
    [InlineData(
        "training", "a100:8", "no node has 8 GPUs of a kind asked for; the largest has 4 (lab-a100): the job waits until one joins")]
    [InlineData("training", "[h100, a100:2]", null)]
    [InlineData("training", "h100", "no node has a card of the kind asked for (h100): the job waits until one joins")]
    [InlineData("training", "100GB..",
        "no node has a card with the memory asked for (100GB..); the largest of that model has 81920 MiB (lab-a100): the job waits until "
            + "one joins")]
    [InlineData("training", "rtx4090",
        "no node has a fitting card of a class that tier 'training' may use (datacenter, professional; with --checkpoint also consumer): "
            + "the job waits until one joins")]
    [InlineData("preprocessing", "1",
        "no node has a fitting card of a class that tier 'preprocessing' may use (cpu, integrated): the job waits until one joins")]
    [InlineData("validation", "a100", null)]
    [InlineData(
        "validation", "..12GB:2", "no node has 2 GPUs of a kind asked for; the largest has 1 (desk-2): the job waits until one joins")]
    [InlineData("validation", "[..12GB:2, a100:8, rtx4090]", null)]
    [InlineData("", "", null)]
    public void What_no_node_could_ever_hold_is_told(string tier, string gpus, string? warning)
    {
        var spec = Admit(Plain with { Tier = tier, Gpus = gpus });

        Assert.Equal(warning is null ? [] : [warning], Shipped.Warnings(spec, Pool));
    }

    [Fact]
    public void A_checkpoint_contract_opens_the_classes_that_need_one()
    {
        var spec = Admit(Plain with { Tier = "training", Gpus = "rtx4090", Checkpoint = new(true, "", "") });

        Assert.Empty(Shipped.Warnings(spec, Pool));
    }

    [Theory]
    [InlineData("", 32, "no node that fits otherwise has 32 cores for it; the largest has 28 (desk-1)")]
    [InlineData("a100", 33, "no node that fits otherwise has 33 cores for it; the largest has 32 (lab-a100)")]
    [InlineData("a100", 32, null)]
    public void Reserved_cores_feed_cards_only(string gpus, int cpus, string? warning)
    {
        var warnings = Shipped.Warnings(Admit(Plain with { Gpus = gpus, Cpus = cpus }), Pool);

        if (warning is null) Assert.Empty(warnings);
        else Assert.StartsWith(warning, Assert.Single(warnings), StringComparison.Ordinal);
    }

    /// <summary>What is easily meant otherwise is accepted, but told.</summary>
    [Theory]
    [InlineData("a100:2,rtx3080:1", "",
        "--gpus a100:2,rtx3080:1 means any one of these, not all of them as in Slurm: the job gets 2 × A100 or 1 × RTX3080")]
    [InlineData("A100,RTX3080:1", "", null)]
    [InlineData("[a100:2, rtx3080:1]", "", null)]
    [InlineData("", "24", "--mem 24 asks for 24 MiB only; a number alone is MiB, as in Slurm: for 24 GiB write --mem 24G")]
    [InlineData("", "32M", "--mem 32M asks for 32 MiB only")]
    [InlineData("", "64", null)]
    public void What_is_easily_meant_otherwise_is_told(string gpus, string memory, string? remark)
    {
        var spec = Admit(Plain with { Tier = gpus.Length > 0 ? "validation" : "", Gpus = gpus, Memory = memory });

        Assert.Equal(remark is null ? [] : [remark], Shipped.Warnings(spec, Pool));
    }

    [Theory]
    [InlineData("echo a | cat", "", true)]
    [InlineData("python3 train.py", "", true)]
    [InlineData("$HOME/run", "", true)]
    [InlineData("train.py", "", false)]
    [InlineData("echo a | cat", "#!/bin/sh\n", false)]
    public void A_shells_line_as_a_command_is_told(string command, string script, bool told)
    {
        var warnings = Shipped.Warnings(Admit(Plain with { Command = [command], Script = script }), Pool);

        if (!told) Assert.Empty(warnings);
        else
            Assert.StartsWith(
                $"the command is one word, '{command}', and no shell reads it: for a shell's command line write --wrap",
                Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_much_memory_is_told() => Assert.StartsWith(
        "no node that fits otherwise has 1T of memory; the largest has 128G (desk-1)",
        Assert.Single(Shipped.Warnings(Admit(Plain with { Memory = "1T" }), Pool)), StringComparison.Ordinal);

    [Fact]
    public void A_node_list_outside_the_pool_is_told_name_by_name() => Assert.Equal(
        [
            "nodelist: no node of the pool is called 'lab-cpo' (did you mean 'lab-cpu'?), 'mars'",
            "no node of the pool is in the job's node list: the job waits until one joins",
        ],
        Shipped.Warnings(Admit(Plain with { NodeList = "mars,lab-cpo" }), Pool));

    [Fact]
    public void A_pool_without_cards_is_told() => Assert.Equal(
        "no node has a GPU: the job waits until one joins",
        Assert.Single(Shipped.Warnings(Admit(Plain with { Gpus = "1" }), [Node("cpu", 0)])));

    [Fact]
    public void An_empty_pool_is_told() =>
        Assert.StartsWith("no node has joined", Assert.Single(Shipped.Warnings(Admit(Plain), [])), StringComparison.Ordinal);
}
