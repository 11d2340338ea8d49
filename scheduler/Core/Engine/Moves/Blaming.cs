using GpuScheduler.Core.Model;
using GpuScheduler.Core.NodeHealth;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Nodes answer for what they could not start.</summary>
internal static class Blaming
{
    /// <summary>Nodes that did not start it; of a gang those alone.</summary>
    public static IEnumerable<NodeId> FailedOn(Attempt attempt)
    {
        if (attempt.EndCause is not (EndCause.LaunchFailed or EndCause.NotHere)) return [];
        return attempt.Allocation.IsGang
            ? attempt.Ranks.Zip(attempt.Allocation.Nodes).Where(pair => pair.First.EndCause == attempt.EndCause)
                .Select(pair => pair.Second.Node)
            : [attempt.Allocation.Head.Node];
    }

    /// <summary>Its launch failed by the nodes' fault.</summary>
    public static void Nodes(Turn turn, Attempt attempt)
    {
        foreach (var node in FailedOn(attempt)) Blame(turn, node, attempt.Message);
    }

    /// <summary>It has started on other nodes: what was missing where the attempt before was tried is that node's fault.</summary>
    public static void Former(Turn turn, Attempt attempt)
    {
        if (attempt.Missed is not { } missed || attempt.Allocation.RankOf(missed.Node) >= 0) return;
        attempt.Missed = null;
        Blame(turn, missed.Node, missed.Message);
    }

    private static void Blame(Turn turn, NodeId node, string message)
    {
        if (turn.State.Map.Find(node) is not { } slot) return;
        LaunchHealth.OnFailure(slot.Node, message, turn.Config.Retry, turn.Now);
        turn.State.Resting.Add(node);
        turn.State.Map.Refresh(slot);
        turn.Save(slot.Node);
    }
}
