using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Keeps a node's cards in line with what its worker announces and its attempts hold.</summary>
internal static class NodeCards
{
    /// <summary>Other cards were announced. One that vanished stays, as missing, while an attempt holds it.</summary>
    public static void Replace(NodeSlot slot, IReadOnlyList<Device> devices)
    {
        var held = slot.Cards.Values.Where(card => card.Holds > 0).ToDictionary(card => card.Device.Uuid, StringComparer.Ordinal);
        slot.Cards.Clear();
        foreach (var device in devices) slot.Cards[device.Uuid] = Announced(held, device);
        foreach (var (uuid, card) in held)
        {
            if (!slot.Cards.TryAdd(uuid, card)) continue;
            card.Missing = true;
        }
    }

    /// <summary>An attempt may hold a card that its node has not announced: the pool was loaded, or the card is gone.</summary>
    public static Card Of(NodeSlot slot, string uuid)
    {
        if (slot.Cards.TryGetValue(uuid, out var card)) return card;
        card = new Card(new Device(uuid, "", 0, DeviceClass.Cpu, ClassSource.Declared)) { Missing = true };
        slot.Cards.Add(uuid, card);
        return card;
    }

    private static Card Announced(Dictionary<string, Card> held, Device device)
    {
        if (!held.TryGetValue(device.Uuid, out var card)) return new Card(device);
        card.Device = device;
        card.Missing = false;
        return card;
    }
}
