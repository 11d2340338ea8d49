namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>A worker ends its attempts and then stops: the node takes no new work until a worker joins again.</summary>
internal static class NodeStopping
{
    public static PoolReply? Take(Turn turn, PoolInput.NodeStopping stopping)
    {
        if (turn.State.Map.Find(stopping.Node) is not { } slot || slot.Node.Session != stopping.Session) return null;
        slot.Node.IsStopping = true;
        turn.State.Map.Refresh(slot);
        turn.Show(slot.Node);
        return null;
    }
}
