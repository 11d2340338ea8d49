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
}

/// <summary>Looks at a node as its attempts end one after the other: those with limits by limit, then those of which earlier runs tell,
/// then the others, oldest first, so that what is granted later never adds to what a promise waits for. Keeps its buffer.</summary>
internal sealed class Outlook
{
    private readonly List<(long Ends, long Expected, Hold Hold)> _ends = [];
    private readonly List<PartClaim> _parts = [];

    /// <summary>The attempts of the node last looked at, in the order in which they end.</summary>
    public IEnumerable<Hold> Order => _ends.Select(end => end.Hold);

    /// <summary>Null: not even the idle node has room beside what is promised already.</summary>
    /// <param name="slot">The node.</param>
    /// <param name="claim">What is wanted.</param>
    /// <param name="before">Promises on the node that come first: they are taken as kept from now on and for ever.</param>
    /// <param name="now">The present.</param>
    public Forecast? Of(NodeSlot slot, Claim claim, IEnumerable<Stake> before, DateTimeOffset now)
    {
        var load = Begin(slot, claim, before, now);
        if (Fits(load, slot, claim, 0)) return new Forecast(now, 0, load) { Expected = now };
        var expected = 0L;
        for (var i = 0; i < _ends.Count; i++)
        {
            expected = Math.Max(expected, _ends[i].Expected);
            load = load.Without(_ends[i].Hold, CardsFreed(slot, claim.Cards, i));
            if (Fits(load, slot, claim, i + 1)) return new Forecast(Moment(_ends[i].Ends), i + 1, load) { Expected = Moment(expected) };
        }

        return null;
    }

    /// <summary>The same for a job: on a node with hours, when it is open for long enough. Null: never.</summary>
    public Forecast? For(JobSpec spec, NodeSlot slot, Claim claim, IEnumerable<Stake> before, DateTimeOffset now)
    {
        if (Of(slot, claim, before, now) is not { } forecast) return null;
        if (slot.Hours is not { } hours) return forecast;
        if (forecast.At is not { } at) return forecast with { Expected = forecast.Expected is { } moment ? hours.FirstStart(spec, moment) : null };
        if (hours.FirstStart(spec, at) is not { } start) return null;
        return start == at ? forecast : forecast with { At = start, Expected = start, Load = At(start, slot, claim, before, now) };
    }

    /// <summary>What is taken of a node at a moment, the claim and all promises before it included.</summary>
    public Load At(DateTimeOffset moment, NodeSlot slot, Claim claim, IEnumerable<Stake> before, DateTimeOffset now)
    {
        var load = Begin(slot, claim, before, now);
        for (var i = 0; i < _ends.Count && _ends[i].Ends <= moment.UtcTicks; i++)
            load = load.Without(_ends[i].Hold, CardsFreed(slot, claim.Cards, i));
        return load;
    }

    /// <summary>False: a node surely has room later than another one, for too few of its cards can be free by then. A bound that needs no
    /// order among its attempts, so that a search looks closely at few nodes.</summary>
    /// <param name="slot">The node.</param>
    /// <param name="claim">What is wanted.</param>
    /// <param name="other">When the other node has room.</param>
    /// <param name="now">The present.</param>
    public static bool MayCompete(NodeSlot slot, Claim claim, Expectation other, DateTimeOffset now)
    {
        var lacking = claim.Cards is { } cards ? claim.Count - cards.CountFree() : 0;
        if (lacking <= 0) return true;
        var (limits, estimates) = (lacking, other.IsCertain ? int.MaxValue : lacking);
        foreach (var hold in slot.Holds.Values)
        {
            if (slot.EndsBy(hold, now) is { } end && end.UtcTicks <= other.Ticks) limits -= hold.Share.Devices.Count;
            if (!other.IsCertain && TicksOf(slot.ExpectedBy(hold, now)) <= other.Expected) estimates -= hold.Share.Devices.Count;
        }

        return limits <= 0 || estimates <= 0;
    }

    private Load Begin(NodeSlot slot, Claim claim, IEnumerable<Stake> before, DateTimeOffset now)
    {
        _parts.Clear();
        var load = With(Load.Of(slot, claim.Cards), claim);
        foreach (var stake in before) load = With(load, stake.Claim);
        Sort(slot, now);
        return load;
    }

    /// <summary>A card of which a part is claimed is taken until then, and from then on.</summary>
    private Load With(Load load, Claim claim)
    {
        load = load.With(claim);
        if (claim.Part is not { } part) return load;
        var another = claim.Cards == load.Kind && part.Card.Holds == 0 && !_parts.Exists(known => known.Card == part.Card);
        _parts.Add(part);
        return another ? load with { Cards = load.Cards + 1 } : load;
    }

    private bool Fits(Load load, NodeSlot slot, Claim claim, int ended) =>
        load.FitsOn(slot) && (claim.Part is not { } part || PartClaim.Fit(part.Card, _parts, Order.Skip(ended)));

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

    private int CardsFreed(NodeSlot slot, CardGroup? kind, int at)
    {
        if (kind is null) return 0;
        var freed = 0;
        foreach (var (uuid, _, _) in _ends[at].Hold.Share.Devices)
        {
            var card = slot.Cards[uuid];
            if (card.Missing || card.Cordoned || !kind.Cards.Contains(card) || _parts.Exists(part => part.Card == card)) continue;
            if (card.Holds == 1 || !IsHeldAfter(uuid, at)) freed++;
        }

        return freed;
    }

    /// <summary>A fenced attempt may have a card together with a newer one.</summary>
    private bool IsHeldAfter(string uuid, int at)
    {
        for (var i = at + 1; i < _ends.Count; i++)
        {
            if (_ends[i].Hold.Share.Holds(uuid)) return true;
        }

        return false;
    }

    private static long TicksOf(DateTimeOffset? moment) => moment?.UtcTicks ?? long.MaxValue;

    private static DateTimeOffset? Moment(long ticks) => ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
