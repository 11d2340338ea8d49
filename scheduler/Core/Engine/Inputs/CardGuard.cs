using GpuScheduler.Core.Leases;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Leaves a card to the machine that has it: while it is connected, and while it is silent and its jobs may still run.</summary>
internal static class CardGuard
{
    /// <summary>What keeps a card with another node, in words; null: nothing does.</summary>
    public static string? Refuse(Turn turn, string uuid, PoolInput.NodeJoined joining)
    {
        if (turn.State.Map.OwnerOf(uuid) is not { } owner || owner.Node.Id == joining.Node) return null;
        if (owner.Node.Session is not null) return $"{owner.Node.Id} is connected and has this card";
        if (!MayReturn(owner, joining) || LeaseClock.ExpiresAt(owner.Node, turn.Config.Leases) is not { } until || until <= turn.Now)
            return null;
        return $"{owner.Node.Id} has this card, and its jobs may still run there: the card is kept for it until "
            + $"{until:yyyy-MM-dd HH:mm:ss}Z. Start its worker again, with --name {owner.Node.Id} on its own --data";
    }

    /// <summary>A node that was only given another name has none of them: its data directory keeps the name until they have
    /// ended.</summary>
    private static bool MayReturn(NodeSlot owner, PoolInput.NodeJoined joining) =>
        owner.Holds.Count > 0 && (owner.Node.Instance.Length == 0 || owner.Node.Instance != joining.Instance
            || (owner.Node.Folder.Length > 0 && owner.Node.Folder != joining.Folder));
}
