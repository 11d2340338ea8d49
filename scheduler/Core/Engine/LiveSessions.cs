using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine;

/// <summary>What a pool's memory knows of its machines besides its store: who is connected, what still lives there although it
/// should not, what sensors said, since when a machine is silent. When one input spoils the memory, this goes over to the state
/// that is read anew: no worker has to announce itself again because of another's input.</summary>
internal static class LiveSessions
{
    /// <summary>Takes it over.</summary>
    /// <param name="fresh">As the store remembers it.</param>
    /// <param name="spoilt">The memory before; a step was begun on it and not finished.</param>
    /// <param name="sessions">Sessions as of the last finished step.</param>
    public static void TakeOver(PoolState fresh, PoolState spoilt, IReadOnlyDictionary<NodeId, string> sessions)
    {
        foreach (var slot in fresh.Map.Slots)
        {
            if (spoilt.Map.Find(slot.Node.Id) is not { } before) continue;
            if (sessions.TryGetValue(slot.Node.Id, out var session)) Connect(fresh, slot, session, before.Node);
            else slot.Node.SilentSince = before.Node.SilentSince ?? slot.Node.SilentSince;
            (slot.Node.Folder, slot.Node.Peer, slot.Node.KeptStores) = (before.Node.Folder, before.Node.Peer, before.Node.KeptStores);
            KeepFenced(fresh, slot, before);
            KeepReadings(slot, before);
            fresh.Map.Refresh(slot);
        }
    }

    private static void Connect(PoolState fresh, NodeSlot slot, string session, Node before)
    {
        slot.Node.Session = session;
        slot.Node.IsStopping = before.IsStopping && before.Session == session;
        slot.Node.SilentSince = null;
        fresh.Silent.Remove(slot.Node.Id);
    }

    /// <summary>What the store says is current is current, whatever the unfinished step had begun to make of it. The memory before is
    /// not changed: a state may be made from it more than once.</summary>
    private static void KeepFenced(PoolState fresh, NodeSlot slot, NodeSlot before)
    {
        foreach (var stranger in before.Strangers.Where(id => !slot.Holds.ContainsKey(id))) slot.Strangers.Add(stranger);
        foreach (var (id, lost) in before.Lost.Where(pair => !slot.Holds.ContainsKey(pair.Key))) slot.Lost[id] = lost.Copy();
        foreach (var hold in before.Holds.Values.Where(hold => hold.Fenced && !slot.Holds.ContainsKey(hold.Attempt.Id)))
            fresh.Map.Take(slot, hold with { Attempt = hold.Attempt.Copy() });
    }

    private static void KeepReadings(NodeSlot slot, NodeSlot before)
    {
        foreach (var (uuid, card) in slot.Cards)
        {
            if (before.Cards.TryGetValue(uuid, out var known))
                (card.Celsius, card.RecentFaults) = (known.Celsius, known.RecentFaults);
        }
    }
}
