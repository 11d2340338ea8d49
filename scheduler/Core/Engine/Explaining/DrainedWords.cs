using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Names the drained cards that a request could use otherwise, each with the administrator's reason.</summary>
internal static class DrainedWords
{
    private const int MostNamed = 4;

    /// <summary>Such as <c>: lab card 1 (fan broken)</c>; empty where none is found.</summary>
    public static string Of(PoolMap map, ResourceRequest request)
    {
        var cards = map.Slots.Where(slot => slot.Node.DeviceCordons.Count > 0).SelectMany(slot => Drained(slot, request)).Distinct()
            .Take(MostNamed + 1).ToList();
        var named = string.Join(", ", cards.Take(MostNamed)) + (cards.Count > MostNamed ? " …" : "");
        return named.Length > 0 ? $": {named}" : "";
    }

    private static IEnumerable<string> Drained(NodeSlot slot, ResourceRequest request)
    {
        var numbers = CardNumbers.Of(slot.Node.Devices);
        foreach (var card in slot.Groups.SelectMany(group => group.Cards).OrderBy(card => card.Place))
        {
            if (slot.Node.CordonOf(card.Device) is not { } cordon || !Fits(card, request)) continue;
            yield return $"{slot.Node.Id} card {numbers[card.Device.Uuid]}{(cordon.Why.Length > 0 ? $" ({cordon.Why})" : "")}";
        }
    }

    private static bool Fits(Card card, ResourceRequest request) =>
        request.Gpu is { } gpu && gpu.Alternatives.Any(wanted => CardMatch.Fits(wanted, card.Group!.Kind));
}
