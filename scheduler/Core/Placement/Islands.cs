using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>
/// Cards of one machine that talk fast to one another: linked by NVLink, else on one processor socket, else on one PCIe switch.
/// A job gets cards that are near one another; the islands that it leaves behind are as whole as can be.
/// </summary>
internal static class Islands
{
    private static readonly Func<Card, string>[] NearestFirst =
    [
        card => card.Device.Place.NvLinkGroup,
        card => $"{card.Device.Place.NumaNode}",
        card => card.Device.Place.PcieSwitch,
    ];

    /// <summary>Free cards that one job could have together.</summary>
    public static int CountFree(CardGroup group, ResourceRequest request) =>
        request.NvLink ? Math.Min(CountLinked(group), group.CountGrantable()) : group.CountGrantable();

    /// <summary>Free cards that are linked with one another.</summary>
    public static int CountLinked(CardGroup group) => MostLinked(group, card => card.IsFree);

    /// <summary>Free cards of which no part is kept for any job, and that one job could have together.</summary>
    public static int CountOpen(CardGroup group, ResourceRequest request) =>
        request.NvLink ? MostLinked(group, card => card.IsOpen) : group.Cards.Count(card => card.IsOpen);

    /// <summary>Cards that one job could have together if nothing ran.</summary>
    public static int CountUsable(CardGroup group, ResourceRequest request) =>
        Math.Min(group.MostFed, request.NvLink ? MostLinked(group, card => card.IsUsable) : group.CountUsable());

    /// <summary>Cards that one job could have together if nothing ran and nothing were out of service.</summary>
    public static int CountPresent(CardGroup group, ResourceRequest request) =>
        Math.Min(group.MostFed, request.NvLink ? MostLinked(group, card => !card.Missing) : group.CountPresent());

    /// <summary>The free cards to take; there are enough.</summary>
    public static List<Card> Choose(CardGroup group, int count, ResourceRequest request)
    {
        var free = group.Cards.FindAll(card => card.IsOpen);
        if (request.NvLink) free = Linked(free).Where(island => island.Count >= count).MinBy(island => island.Count)!;
        var chosen = Nearest(free, count, 0);
        chosen.Sort((x, y) => x.Place.CompareTo(y.Place));
        return chosen;
    }

    /// <summary>Cards without a link are no island: they are taken last for several cards, and first for one that needs no link.</summary>
    private static bool IsLast(string link, int count) => count > 1 ? link.Length == 0 : link.Length > 0;

    private static int MostLinked(CardGroup group, Predicate<Card> counts) =>
        Linked(group.Cards.FindAll(counts)).Select(island => island.Count).DefaultIfEmpty().Max();

    private static IEnumerable<List<Card>> Linked(List<Card> cards) =>
        cards.GroupBy(NearestFirst[0], StringComparer.Ordinal).Where(island => island.Key.Length > 0).Select(island => island.ToList());

    /// <summary>The smallest island that holds all; if none does, the largest whole, and the rest from the others.</summary>
    private static List<Card> Nearest(List<Card> cards, int count, int level)
    {
        if (level == NearestFirst.Length || cards.Count == count) return cards[..count];
        var islands = cards.GroupBy(NearestFirst[level], StringComparer.Ordinal).Select(island => (island.Key, Cards: island.ToList()))
            .OrderBy(island => level == 0 && IsLast(island.Key, count)).ThenBy(island => island.Cards.Count).ToList();
        if (islands.Find(island => island.Cards.Count >= count).Cards is { } enough) return Nearest(enough, count, level + 1);
        var largest = islands.MaxBy(island => island.Cards.Count).Cards;
        return [.. largest, .. Nearest(cards.FindAll(card => !largest.Contains(card)), count - largest.Count, level)];
    }
}
