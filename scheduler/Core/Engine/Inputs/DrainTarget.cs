using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>A node or one of its cards, as users write it: <c>node</c>, <c>node/1</c> or <c>node/GPU-uuid</c>. A card that is cut into
/// parts stands for all of them, also those that it is cut into later.</summary>
/// <param name="Slot">The node.</param>
/// <param name="Uuid">The card; null: the whole node.</param>
internal sealed record DrainTarget(NodeSlot Slot, string? Uuid)
{
    /// <summary>As it is told: the node, or <c>node/uuid</c>.</summary>
    public string Name => Uuid is null ? $"{Slot.Node.Id}" : $"{Slot.Node.Id}/{Uuid}";

    /// <summary>What is answered once it is durable.</summary>
    public PoolReply.Serviced Reply => new(Slot.Node.Id, Uuid);

    /// <summary>Finds it, or says what is wrong.</summary>
    public static DrainTarget? Find(PoolState state, string text, out PoolReply.Rejected? rejected)
    {
        rejected = null;
        var slash = text.IndexOf('/');
        var (name, word) = slash < 0 ? (text, null) : (text[..slash], text[(slash + 1)..]);
        var known = new KnownNodes(state.Nodes.Select(node => node.Id.Name));
        if (known.Find(name) is not { } own || state.Map.Find(new NodeId(own)) is not { } slot)
            rejected = Reject(text, $"a node of this pool{known.Hint(name)}, or node/card for one card: 'gpusched gpus' lists both");
        else if (word is null) return new DrainTarget(slot, null);
        else if (FindCard(slot.Node, word, out var allowed) is { } uuid) return new DrainTarget(slot, uuid);
        else rejected = Reject(text, allowed);
        return null;
    }

    /// <summary>A card that is gone stays drained, and can be put back by its uuid.</summary>
    private static string? FindCard(Node node, string word, out string allowed) =>
        CardWord.Find(node.Devices, node.DeviceCordons.Keys, node.Id.Name, word, out allowed);

    /// <summary>True when what is held there is part of it.</summary>
    public bool Covers(NodeShare share) =>
        Uuid is null
            || share.Devices.Any(
                held => held.Uuid == Uuid || (Slot.Cards.TryGetValue(held.Uuid, out var card) && card.Device.Mig?.Parent == Uuid));

    /// <summary>Keeps who did what; to be put with the cordon.</summary>
    public void Note(Act act) => Slot.Node.Acts = (act with { Card = Uuid ?? "" }).After(Slot.Node.Acts);

    /// <summary>Sets the cordon, or lifts it.</summary>
    public void Put(Turn turn, Cordon? cordon)
    {
        if (Uuid is null) Slot.Node.Cordon = cordon;
        else
        {
            var others = Slot.Node.DeviceCordons.Where(pair => pair.Key != Uuid);
            var all = cordon is null ? others : others.Append(new KeyValuePair<string, Cordon>(Uuid, cordon));
            Slot.Node.DeviceCordons = new SortedDictionary<string, Cordon>(all.ToDictionary(), StringComparer.Ordinal);
        }

        if (NodeHealth.DrainSchedule.HasDeadline(Slot.Node)) turn.State.Draining.Add(Slot.Node.Id);
        else turn.State.Draining.Remove(Slot.Node.Id);
        turn.State.Map.Refresh(Slot);
        turn.Save(Slot.Node);
    }

    private static PoolReply.Rejected Reject(string value, string allowed) => new([new Fault("target", value, allowed)], NotFound: true);
}
