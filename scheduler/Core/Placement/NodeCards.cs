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
        for (var place = 0; place < devices.Count; place++) slot.Cards[devices[place].Uuid] = Announced(held, devices[place], place);
        foreach (var (uuid, card) in held)
        {
            if (!slot.Cards.TryAdd(uuid, card)) continue;
            (card.Missing, card.Place) = (true, int.MaxValue);
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

    private static Card Announced(Dictionary<string, Card> held, Device device, int place)
    {
        if (!held.TryGetValue(device.Uuid, out var card)) return new Card(device) { Place = place };
        (card.Device, card.Place, card.Missing) = (device, place, false);
        return card;
    }
}
