using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>When a node will have room for a claim.</summary>
/// <param name="At">When at the latest, by time limits; null: it waits for an attempt that has none.</param>
/// <param name="Waits">Attempts that end first.</param>
/// <param name="Load">What is taken then, the claim and all promises before it included.</param>
internal readonly record struct Forecast(DateTimeOffset? At, int Waits, Load Load)
{
    /// <summary>When, by limits and by what earlier runs took; null: nobody knows.</summary>
    public DateTimeOffset? Expected { get; init; }

    /// <summary>The card of which it will have a part; null: it wants whole ones, or none.</summary>
    public PartClaim? Part { get; init; }
}

/// <summary>Looks at a node as its attempts end one after the other: those with limits by limit, then those of which earlier runs tell,
/// then the others, oldest first, so that what is granted later never adds to what a promise waits for. Keeps its buffer.</summary>
internal sealed class Outlook
{
    private readonly List<(long Ends, long Expected, Hold Hold)> _ends = [];

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
            return new Forecast(Moment(_ends[i].Ends), i + 1, then) { Expected = Moment(expected), Part = part };
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

    /// <summary>False: a node surely has room later than another one, for too few of its cards can be free by then. A bound that needs no
    /// order among its attempts, so that a search looks closely at few nodes.</summary>
    /// <param name="slot">The node.</param>
    /// <param name="claim">What is wanted.</param>
    /// <param name="other">When the other node has room.</param>
    /// <param name="now">The present.</param>
    public static bool MayCompete(NodeSlot slot, Claim claim, Expectation other, DateTimeOffset now)
    {
        var lacking = Lacking(claim);
        if (lacking <= 0) return true;
        var (limits, estimates) = (lacking, other.IsCertain ? int.MaxValue : lacking);
        foreach (var hold in slot.Holds.Values)
        {
            if (slot.EndsBy(hold, now) is { } end && end.UtcTicks <= other.Ticks) limits -= hold.Share.Devices.Count;
            if (!other.IsCertain && TicksOf(slot.ExpectedBy(hold, now)) <= other.Expected) estimates -= hold.Share.Devices.Count;
        }

        return limits <= 0 || estimates <= 0;
    }

    /// <summary>So many cards must at least be given back; for a part one, where no card has room for it.</summary>
    private static int Lacking(Claim claim)
    {
        if (claim.Cards is not { } cards) return 0;
        if (claim.Share is not { } share) return claim.Count - cards.CountFree();
        return cards.Cards.Exists(card => card.IsFree || card.HasRoomBeside(share)) ? 0 : 1;
    }

    /// <summary>A card of which a part is kept is taken until then, and from then on.</summary>
    private Load Begin(NodeSlot slot, Claim claim, IEnumerable<Claim> before, DateTimeOffset now)
    {
        foreach (var card in slot.Cards.Values) card.Then = card.Now;
        var load = Load.Of(slot, claim.Cards).With(claim);
        foreach (var kept in before)
        {
            load = load.With(kept);
            if (kept.Part is { } part) load = With(load, part);
        }

        Sort(slot, now);
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

    private void Sort(NodeSlot slot, DateTimeOffset now)
    {
        _ends.Clear();
        foreach (var hold in slot.Holds.Values) _ends.Add((TicksOf(slot.EndsBy(hold, now)), TicksOf(slot.ExpectedBy(hold, now)), hold));
        _ends.Sort(static (x, y) => (x.Ends, x.Expected) != (y.Ends, y.Expected) ? (x.Ends, x.Expected).CompareTo((y.Ends, y.Expected)) : ByAge(x.Hold, y.Hold));
    }

    private static int ByAge(Hold x, Hold y)
    {
        var byGrant = x.Attempt.GrantTime.CompareTo(y.Attempt.GrantTime);
        return byGrant != 0 ? byGrant : x.Attempt.Id.Job.CompareTo(y.Attempt.Id.Job);
    }

    private static long TicksOf(DateTimeOffset? moment) => moment?.UtcTicks ?? long.MaxValue;

    private static DateTimeOffset? Moment(long ticks) => ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
