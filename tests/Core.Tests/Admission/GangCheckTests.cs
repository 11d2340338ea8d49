using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>What several nodes are asked for, and what falls to each.</summary>
public sealed class GangCheckTests
{
    [Theory]
    [InlineData("8", 2, false, "any:4")]
    [InlineData("8", 2, true, "any:8")]
    [InlineData("a100:6", 3, false, "A100:2")]
    [InlineData("[h100:4, a100:8]", 4, false, "[H100:1,A100:2]")]
    [InlineData("3", 1, false, "any:3")]
    [InlineData("3", 0, false, "any:3")]
    public void A_total_is_shared_evenly_unless_it_is_for_each_node(string gpus, int nodes, bool perNode, string each)
    {
        var request = Admit(Plain with { Gpus = gpus, NodeCount = nodes, GpusPerNode = perNode }).Request;

        Assert.Equal((Math.Max(1, nodes), nodes > 1), (request.NodeCount, request.IsGang));
        Assert.Equal(each, GpuExpression.Format(request.Gpu!));
    }

    [Fact]
    public void Nodes_without_cards_are_a_gang_too() =>
        Assert.True(Admit(Plain with { NodeCount = 3 }).Request is { IsGang: true, Gpu: null });

    public static TheoryData<JobDraft, string> Wrong() => new()
    {
        { Plain with { NodeCount = -1 }, $"nodes: '-1': 1 … {Limits.Nodes} nodes, or 0 for the default of 1" },
        { Plain with { NodeCount = Limits.Nodes + 1 },
            $"nodes: '{Limits.Nodes + 1}': 1 … {Limits.Nodes} nodes, or 0 for the default of 1" },
        { Plain with { NodeCount = 2, Gpus = "3" },
            "gpus: '3': a total that 2 nodes share evenly; or say what each has with gpus-per-node" },
        { Plain with { NodeCount = 2, Gpus = "[h100:2, a100:3]" },
            "gpus: '[h100:2, a100:3]': a total that 2 nodes share evenly; or say what each has with gpus-per-node" },
        { Plain with { NodeCount = 1, Gpus = "2", MixedCards = true },
            "mixed: 'true': only with cards on two nodes or more: a node's own cards are always of one model" },
        { Plain with { NodeCount = 2, MixedCards = true },
            "mixed: 'true': only with cards on two nodes or more: a node's own cards are always of one model" },
        { Plain with { NvLink = true }, "nvlink: 'true': only with cards; ask for some with gpus" },
        { Plain with { NodeCount = 3, NodeList = "a,b" }, "nodelist: 'a,b': at least 3 nodes that are not excluded" },
        { Plain with { NodeCount = 2, NodeList = "a,b", Exclude = "b" }, "nodelist: 'a,b': at least 2 nodes that are not excluded" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_no_gang_can_be_is_refused_by_field_value_and_what_is_allowed(JobDraft draft, string fault) =>
        Assert.Contains(fault, Refuse(draft).Select(one => $"{one}"));

    [Theory]
    [InlineData("a,b", "", 2)]
    [InlineData("a,b,c", "c", 2)]
    [InlineData("a", "", 1)]
    public void A_list_with_enough_nodes_is_accepted(string list, string excluded, int nodes) =>
        Assert.Equal(nodes, Admit(Plain with { NodeCount = nodes, NodeList = list, Exclude = excluded }).Request.NodeCount);

    [Theory]
    [InlineData(2, "a100:1", false, null)]
    [InlineData(3, "a100:1", false, "only 2 of the 3 nodes asked for could be had with cards of one model: the job waits until more join")]
    [InlineData(3, "1", false, "only 2 of the 3 nodes asked for could be had with cards of one model: the job waits until more join")]
    [InlineData(3, "1", true, null)]
    [InlineData(4, "1", true, "only 3 of the 4 nodes asked for could be had: the job waits until more join")]
    [InlineData(5, "", false, "only 4 of the 5 nodes asked for could be had: the job waits until more join")]
    public void Too_few_nodes_are_told_at_submission(int nodes, string gpus, bool mixed, string? warning)
    {
        Node[] pool =
        [
            Node("a", 81_920, "NVIDIA A100-SXM4-80GB"), Node("b", 81_920, "NVIDIA A100-SXM4-80GB"),
            Node("c", 81_559, "NVIDIA H100 80GB HBM3"), Node("d", 0),
        ];
        var spec = Admit(Plain with { NodeCount = nodes, Gpus = gpus, GpusPerNode = gpus.Length > 0, MixedCards = mixed });

        Assert.Equal(warning is null ? [] : [warning], Shipped.Warnings(spec, pool));
    }
}
