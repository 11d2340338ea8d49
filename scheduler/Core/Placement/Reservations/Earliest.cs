using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>When a group's cards can be free at the earliest, by nothing but the order in which a node's attempts end; and of which cards
/// no job can be stopped.</summary>
internal sealed class Earliest
{
    private static readonly Expectation Never = new(long.MaxValue, long.MaxValue, int.MaxValue, 0);
    private readonly List<Expectation> _byCards = [];
    private readonly List<(int Milli, Expectation When)> _parts = [];
    private readonly List<int> _staying = [];

    /// <summary>So many whole cards.</summary>
    public Expectation Cards(int count) => count < _byCards.Count ? _byCards[count] : Never;

    /// <summary>So many thousandths of one card.</summary>
    public Expectation Part(int milli)
    {
        foreach (var (most, when) in _parts)
        {
            if (most >= milli) return when;
        }

        return Never;
    }

    /// <summary>Cards that could be had if all were gone who may be stopped for somebody, or are being stopped.</summary>
    public int MostFreed { get; private set; }

    /// <summary>Thousandths of a card, by its place in the group, that those hold who stay in any case.</summary>
    public int Staying(int card) => _staying[card];

    /// <summary>
    /// Works it out anew: buffers are kept, as long-lived garbage is dear to collect. Cards are looked at as an <see cref="Outlook"/>
    /// does: a fenced attempt may have one together with a newer one.
    /// </summary>
    public void Renew(CardGroup group, List<Release> order)
    {
        var expected = 0L;
        Clear();
        foreach (var card in group.Cards) card.Then = card.Now;
        foreach (var card in group.Cards) Note(card, default);
        for (var i = 0; i < order.Count; i++)
        {
            expected = Math.Max(expected, order[i].Expected);
            foreach (var held in order[i].Hold.Share.Devices)
            {
                if (!group.Slot.Cards.TryGetValue(held.Uuid, out var card) || card.Group != group) continue;
                card.Then = card.Then.Without(held);
                Note(card, new(order[i].Ends, expected, i + 1, 0));
            }
        }

        NoteStaying(group, order);
    }

    private void Clear()
    {
        _byCards.Clear();
        _byCards.Add(default);
        _parts.Clear();
        _staying.Clear();
        MostFreed = 0;
    }

    private void NoteStaying(CardGroup group, List<Release> order)
    {
        for (var i = 0; i < group.Cards.Count; i++) _staying.Add(0);
        foreach (var (_, _, hold) in order)
        {
            if (hold.Fenced || hold.MayYield || hold.Attempt.StopCause is not null) continue;
            foreach (var held in hold.Share.Devices)
            {
                if (group.Slot.Cards.TryGetValue(held.Uuid, out var card) && card.Group == group)
                    _staying[group.Cards.IndexOf(card)] += held.MilliGpu;
            }
        }

        for (var i = 0; i < group.Cards.Count; i++) MostFreed += group.Cards[i].IsUsable && _staying[i] == 0 ? 1 : 0;
    }

    private void Note(Card card, Expectation when)
    {
        if (!card.IsUsable || card.Then.Whole > 0) return;
        if (card.Then.Holds == 0) _byCards.Add(when);
        var milli = DeviceShare.Whole - card.Then.Milli;
        if (_parts.Count == 0 || milli > _parts[^1].Milli) _parts.Add((milli, when));
    }
}
