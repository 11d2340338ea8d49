using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>When a node will have room for a claim.</summary>
/// <param name="At">When at the latest, by time limits; null: it waits for an attempt that has none.</param>
/// <param name="Waits">Attempts that end first.</param>
/// <param name="Load">What is taken then, the claim and all promises before it included.</param>
internal readonly record struct Forecast(DateTimeOffset? At, int Waits, Load Load)
{
    /// <summary>When, by limits and by what earlier runs took; null: it is not known.</summary>
    public DateTimeOffset? Expected { get; init; }

    /// <summary>The card of which it will have a part; null: it wants whole ones, or none.</summary>
    public PartClaim? Part { get; init; }
}

/// <summary>Looks at a node as its attempts end one after the other (<see cref="Releases"/>).</summary>
internal sealed class Outlook
{
    private List<Release> _ends = [];

    /// <summary>The attempts of the node last looked at, in the order in which they end.</summary>
    public IEnumerable<Hold> Order => _ends.Select(end => end.Hold);

    /// <summary>Null: not even the idle node has room beside what is promised already.</summary>
    /// <param name="slot">The node.</param>
    /// <param name="claim">What is wanted.</param>
    /// <param name="before">Promises on the node that come first: they are taken as kept from now on and for ever.</param>
    /// <param name="now">The present.</param>
    public Forecast? Of(NodeSlot slot, Claim claim, IEnumerable<Claim> before, DateTimeOffset now)
    {
        var load = Begin(slot, claim, before, now);
        if (Settle(load, slot, claim) is var (first, card)) return new Forecast(now, 0, first) { Expected = now, Part = card };
        var expected = 0L;
        for (var i = 0; i < _ends.Count; i++)
        {
            expected = Math.Max(expected, _ends[i].Expected);
            load = Without(load, slot, _ends[i].Hold);
            if (Settle(load, slot, claim) is not var (then, part)) continue;
            return new Forecast(Moment(_ends[i].Ends, now), i + 1, then) { Expected = Moment(expected, now), Part = part };
        }

        return null;
    }

    /// <summary>The same for a job: on a node with hours, when it is open for long enough. Null: never.</summary>
    public Forecast? For(JobSpec spec, NodeSlot slot, Claim claim, IEnumerable<Claim> before, DateTimeOffset now)
    {
        if (Of(slot, claim, before, now) is not { } forecast) return null;
        if (slot.Hours is not { } hours) return forecast;
        if (forecast.At is not { } at)
            return forecast with { Expected = forecast.Expected is { } moment ? hours.FirstStart(spec, moment) : null };
        if (hours.FirstStart(spec, at) is not { } start) return null;
        if (start == at) return forecast;
        return forecast with { At = start, Expected = start, Load = At(start, slot, claim with { Part = forecast.Part }, before, now) };
    }

    /// <summary>What is taken of a node at a moment, the claim and all promises before it included.</summary>
    public Load At(DateTimeOffset moment, NodeSlot slot, Claim claim, IEnumerable<Claim> before, DateTimeOffset now)
    {
        var load = Begin(slot, claim, before, now);
        for (var i = 0; i < _ends.Count && _ends[i].Ends <= moment.UtcTicks; i++) load = Without(load, slot, _ends[i].Hold);
        return claim.Part is { } part ? With(load, part) : load;
    }

    /// <summary>A card of which a part is kept is taken until then, and from then on.</summary>
    private Load Begin(NodeSlot slot, Claim claim, IEnumerable<Claim> before, DateTimeOffset now)
    {
        _ends = slot.Releases.At(now);
        foreach (var card in slot.Cards.Values) card.Then = card.Now;
        var load = Load.Of(slot, claim.Cards).With(claim);
        foreach (var kept in before)
        {
            load = load.With(kept);
            if (kept.Part is { } part) load = With(load, part);
        }

        return load;
    }

    private static Load With(Load load, PartClaim part)
    {
        var first = part.Card.Then.Holds == 0;
        part.Card.Then = part.Card.Then.With(part);
        return first ? load.Count(part.Card, 1) : load;
    }

    /// <summary>A fenced attempt may have a card together with a newer one.</summary>
    private static Load Without(Load load, NodeSlot slot, Hold hold)
    {
        load = load.Count(hold.Share, -1);
        foreach (var held in hold.Share.Devices)
        {
            var card = slot.Cards[held.Uuid];
            card.Then = card.Then.Without(held);
            if (card.Then.Holds == 0) load = load.Count(card, -1);
        }

        return load;
    }

    /// <summary>With the claim's part on a card: on the one it names, else on the one where least is left. Null: it doesn't fit.</summary>
    private static (Load Load, PartClaim? Part)? Settle(Load load, NodeSlot slot, Claim claim)
    {
        if (!load.FitsOn(slot)) return null;
        if (claim.Share is not { } share) return (load, null);
        (Load Load, PartClaim Part)? best = null;
        foreach (var card in claim.Part is { } named ? [named.Card] : claim.Cards!.Cards)
        {
            var part = PartClaim.Of(card, share);
            if (!card.IsUsable || card.Group is null || !card.Then.HasRoom(part)) continue;
            var with = card.Then.Holds == 0 ? load.Count(card, 1) : load;
            if (with.FitsOn(slot) && (best is not { } other || card.Then.Milli > other.Part.Card.Then.Milli)) best = (with, part);
        }

        return best;
    }

    private static DateTimeOffset? Moment(long ticks, DateTimeOffset now) =>
        ticks == long.MaxValue ? null : new DateTimeOffset(Math.Max(ticks, now.UtcTicks), TimeSpan.Zero);
}
