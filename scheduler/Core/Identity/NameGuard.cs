using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Identity;

/// <summary>Gives a node's name to one machine at a time.</summary>
internal static class NameGuard
{
    /// <summary>Why a machine may not have the name now; null: it may.</summary>
    /// <param name="node">Who has the name.</param>
    /// <param name="joining">Who wants it.</param>
    /// <param name="holds">Attempts of the pool are on the node, as far as is known.</param>
    /// <param name="returnsUntil">Until when a silent node may come back to them; null: it is connected.</param>
    /// <param name="now">The present.</param>
    public static Fault? Refuse(Node node, Machine joining, bool holds, DateTimeOffset? returnsUntil, DateTimeOffset now)
    {
        if (node.Session is not null) return MayTakeOver(node, joining) ? null : Connected(node, joining);
        if (IsSame(node, joining) || node.Instance.Length == 0 || !holds || returnsUntil <= now) return null;
        return new Fault("node", node.Id.Name, $"{Elsewhere(node, joining)}; its jobs may still run there, so the name is kept for it "
            + $"until {returnsUntil:yyyy-MM-dd HH:mm:ss}Z. Start this worker with --name and another name, or on the first one's --data");
    }

    /// <summary>Who says hello: its data directory's own id, what tells it from copies, its machine's boot, and where it calls
    /// from.</summary>
    internal readonly record struct Machine(string Instance, string Folder, string BootId, string Peer);

    /// <summary>A copied data directory is told from the directory itself by the boot of its machine, and on the same one by its
    /// place on the disk.</summary>
    private static bool MayTakeOver(Node node, Machine joining) =>
        IsSame(node, joining) && !IsCopy(node, joining) && (joining.Instance.Length == 0 || node.BootId == joining.BootId);

    /// <summary>Workers from before this was told are believed.</summary>
    private static bool IsCopy(Node node, Machine joining) =>
        node.Folder.Length > 0 && joining.Folder.Length > 0 && node.Folder != joining.Folder;

    /// <summary>The same data directory, which the agent that has it locks. Workers from before instances say none and are
    /// believed.</summary>
    private static bool IsSame(Node node, Machine joining) => node.Instance == joining.Instance;

    private static Fault Connected(Node node, Machine joining) => new(
        "node", node.Id.Name, $"{Elsewhere(node, joining)} is connected under this name and keeps it. Start this worker with --name and "
            + $"another name{CopyWords(node, joining)}, or stop the first one");

    private static string CopyWords(Node node, Machine joining) =>
        IsSame(node, joining) && IsCopy(node, joining) ? " and a new --data: this one is a copy of the first one's" : "";

    private static string Elsewhere(Node node, Machine joining) =>
        $"a name that no other machine has: another worker, at {Known(node.Peer)}, (this one calls from {Known(joining.Peer)})";

    private static string Known(string peer) => peer.Length > 0 ? peer : "an unknown address";
}
