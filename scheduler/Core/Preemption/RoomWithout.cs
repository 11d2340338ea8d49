using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Reservations;

namespace GpuScheduler.Core.Preemption;

/// <summary>Counts a node's room as it will be once some attempts are gone and all promises on it are kept.</summary>
internal sealed class RoomWithout(NodeSlot slot, Claim claim)
{
    // What is promised for the time after the node's closing is in nobody's way: all are gone by then.
    private readonly Load _promised = slot.Stakes.Where(stake => !(stake.Promise.At >= slot.ClosesAt)).Aggregate(
        new Load(claim.Cards, 0, 0, 0, 0).With(claim), (load, stake) => load.With(stake.Claim));

    /// <summary>True when the claim fits beside those who stay.</summary>
    public bool Fits(IReadOnlyCollection<Hold> stay) => With(stay).FitsOn(slot);

    /// <summary>True when cores and memory are enough: only cards are short.</summary>
    public bool MachineFits(IReadOnlyCollection<Hold> stay) => (With(stay) with { Cards = 0 }).FitsOn(slot);

    /// <summary>True when an attempt has a card of the kind that is wanted.</summary>
    public bool HasCard(Hold hold) => claim.Cards is { } wanted && wanted.Cards.Exists(card => hold.Share.Holds(card.Device.Uuid));

    private Load With(IReadOnlyCollection<Hold> stay)
    {
        var load = _promised;
        foreach (var hold in stay) load = load.With(hold);
        var held = claim.Cards?.Cards.Count(card => card is { Missing: false, Cordoned: false } && stay.Any(hold => hold.Share.Holds(card.Device.Uuid))) ?? 0;
        return load with { Cards = load.Cards + held };
    }
}
