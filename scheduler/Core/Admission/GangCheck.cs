using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Reads what concerns several nodes, and what of the cards falls to each of them.</summary>
internal static class GangCheck
{
    /// <summary>What a node of the job must have; adds what is wrong to <paramref name="faults"/>.</summary>
    public static ResourceRequest Run(JobDraft draft, ResourceRequest request, FaultList faults)
    {
        var nodes = Math.Max(1, draft.NodeCount);
        faults.Require(
            draft.NodeCount is >= 0 and <= Limits.Nodes, "nodes", $"{draft.NodeCount}",
            $"1 … {Limits.Nodes} nodes, or 0 for the default of 1");
        faults.Require(
            !draft.MixedCards || (nodes > 1 && request.Gpu is not null), "mixed", "true",
            "only with cards on two nodes or more: a node's own cards are always of one model");
        faults.Require(!draft.NvLink || request.Gpu is not null, "nvlink", "true", "only with cards; ask for some with gpus");
        faults.Require(
            nodes == 1 || request.Nodes.Count == 0 || request.Nodes.Except(request.ExcludedNodes).Count() >= nodes, "nodelist",
            draft.NodeList, $"at least {nodes} nodes that are not excluded");
        var gpu = draft.GpusPerNode || nodes == 1 ? request.Gpu : Share(request.Gpu, nodes, draft.Gpus, faults);
        return request with { Gpu = gpu, NodeCount = nodes, MixedCards = draft.MixedCards, NvLink = draft.NvLink };
    }

    /// <summary>A total is shared evenly: a gang's ranks are equals.</summary>
    private static GpuRequest? Share(GpuRequest? total, int nodes, string words, FaultList faults)
    {
        if (total is null) return null;
        var even = total.Alternatives.All(alternative => alternative.Count % nodes == 0);
        faults.Require(even, "gpus", words, $"a total that {nodes} nodes share evenly; or say what each has with gpus-per-node");
        return even
            ? total with
            {
                Alternatives = [.. total.Alternatives.Select(alternative => alternative with { Count = alternative.Count / nodes })],
            }
            : total;
    }
}
