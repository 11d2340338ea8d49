using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Reservations;

namespace GpuScheduler.Core.Preemption;

/// <summary>Counts a node's room as it will be once some attempts are gone and all promises on it are kept.</summary>
internal sealed class RoomWithout
{
    private readonly NodeSlot _slot;
    private readonly Claim _claim;
    private readonly Load _promised;
    private readonly List<PartClaim> _parts;

    public RoomWithout(NodeSlot slot, Claim claim)
    {
        // What is promised for the time after the node's closing is in no job's way: all are gone by then.
        var claims = slot.Stakes.Where(stake => !(stake.Promise.At >= slot.ClosesAt)).Select(stake => stake.Claim).Append(claim).ToList();
        (_slot, _claim) = (slot, claim);
        _promised = claims.Aggregate(new Load(claim.Cards, 0, 0, 0, 0), (load, one) => load.With(one));
        _parts = [.. claims.Select(one => one.Part).OfType<PartClaim>()];
    }

    /// <summary>True when the claim fits beside those who stay.</summary>
    public bool Fits(IReadOnlyCollection<Hold> stay) =>
        With(stay).FitsOn(_slot) && (_claim.Part is not { } part || PartClaim.Fit(part.Card, _parts, stay));

    /// <summary>True when cores and memory are enough: only cards are short.</summary>
    public bool MachineFits(IReadOnlyCollection<Hold> stay) => (With(stay) with { Cards = 0 }).FitsOn(_slot);

    /// <summary>True when an attempt has a card of the kind that is wanted, or of the card of which a part is.</summary>
    public bool HasCard(Hold hold) => _claim.Part is { } part
        ? hold.Share.Holds(part.Card.Device.Uuid)
        : _claim.Cards is { } wanted && wanted.Cards.Exists(card => hold.Share.Holds(card.Device.Uuid));

    private Load With(IReadOnlyCollection<Hold> stay)
    {
        var load = _promised;
        foreach (var hold in stay) load = load.Count(hold.Share, 1);
        // A card counts once, with its watts, however many parts of it are taken.
        foreach (var card in _slot.Node.Power.CardWatts is null ? _claim.Cards?.Cards ?? [] : (IEnumerable<Card>)_slot.Cards.Values)
        {
            if (IsTaken(card, stay)) load = load.Count(card, 1);
        }

        return load;
    }

    private bool IsTaken(Card card, IReadOnlyCollection<Hold> stay) =>
        _parts.Exists(part => part.Card == card) || stay.Any(hold => hold.Share.Holds(card.Device.Uuid));
}
