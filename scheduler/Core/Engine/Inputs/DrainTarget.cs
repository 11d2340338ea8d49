using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>A node or one of its cards, as users write it: <c>node</c> or <c>node/GPU-uuid</c>. A card that is cut into parts stands for
/// all of them, also those that it is cut into later.</summary>
/// <param name="Slot">The node.</param>
/// <param name="Uuid">The card; null: the whole node.</param>
internal sealed record DrainTarget(NodeSlot Slot, string? Uuid)
{
    /// <summary>Finds it, or says what is wrong.</summary>
    public static DrainTarget? Find(PoolState state, string text, out PoolReply.Rejected? rejected)
    {
        rejected = null;
        var slash = text.IndexOf('/');
        var (name, uuid) = slash < 0 ? (text, null) : (text[..slash], text[(slash + 1)..]);
        if (state.Map.Find(new NodeId(name)) is not { } slot)
            rejected = Reject(text, "a node of this pool, or node/GPU-uuid");
        else if (uuid is not null && !slot.Cards.ContainsKey(uuid) && !slot.Node.DeviceCordons.ContainsKey(uuid)
            && !Parents(slot).Contains(uuid))
            rejected = Reject(
                text,
                $"a card of {name}: "
                    + $"{(slot.HasCards ? string.Join(", ", slot.Node.Devices.Select(card => card.Uuid).Concat(Parents(slot))) : "it has none")}");
        else return new DrainTarget(slot, uuid);
        return null;
    }

    /// <summary>True when what is held there is part of it.</summary>
    public bool Covers(NodeShare share) =>
        Uuid is null
            || share.Devices.Any(
                held => held.Uuid == Uuid || (Slot.Cards.TryGetValue(held.Uuid, out var card) && card.Device.Mig?.Parent == Uuid));

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

    /// <summary>Cards that are cut into parts: no devices themselves.</summary>
    private static IEnumerable<string> Parents(NodeSlot slot) =>
        slot.Node.Devices.Select(card => card.Mig?.Parent).OfType<string>().Distinct();

    private static PoolReply.Rejected Reject(string value, string allowed) => new([new Fault("target", value, allowed)], NotFound: true);
}
