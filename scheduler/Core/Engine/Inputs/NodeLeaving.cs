namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>A session ended: the node takes no new work, its attempts go on, and its lease begins to run.</summary>
internal static class NodeLeaving
{
    public static PoolReply? Take(Turn turn, PoolInput.NodeLeft left)
    {
        if (turn.State.Map.Find(left.Node) is not { } slot || slot.Node.Session != left.Session) return null;
        slot.Node.Session = null;
        slot.Node.SilentSince = turn.Now;
        turn.State.Silent.Add(left.Node);
        turn.State.Map.Refresh(slot);
        turn.Show(slot.Node);
        return null;
    }
}
