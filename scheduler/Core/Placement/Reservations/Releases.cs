using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>An attempt, and when it ends.</summary>
/// <param name="Ends">Ticks, by limit; 0: it may end at any moment; the greatest number: it is not known.</param>
/// <param name="Expected">The same, by limit or else by what earlier runs took.</param>
/// <param name="Hold">What it holds.</param>
internal readonly record struct Release(long Ends, long Expected, Hold Hold);

/// <summary>
/// The attempts of a node as they end one after the other: those with limits by limit, then those of which earlier runs tell, then the
/// others, oldest first, so that what is granted later never adds to what a promise waits for. Worked out when first asked for and kept
/// until the node changes or one of the moments comes, so that comparing all nodes costs a look at each.
/// </summary>
internal sealed class Releases(NodeSlot slot)
{
    private readonly List<Release> _order = [];
    private readonly List<Earliest> _earliest = [];
    private (long From, long To) _valid;

    /// <summary>Something about the node or its attempts is no longer as it was.</summary>
    public void Forget() => _valid = default;

    /// <summary>The attempts in the order in which they end. Valid until asked again.</summary>
    public List<Release> At(DateTimeOffset now)
    {
        Renew(now);
        return _order;
    }

    /// <summary>
    /// No sooner can so many cards of a group, or a part of one, be free; promises, cores and memory can only make it later.
    /// </summary>
    /// <param name="group">By its place among the node's.</param>
    /// <param name="count">Cards.</param>
    /// <param name="share">The part of one card; null: whole ones.</param>
    /// <param name="rank">How much they are preferred.</param>
    /// <param name="now">The present.</param>
    public Expectation EarliestFor(int group, int count, CardShare? share, int rank, DateTimeOffset now)
    {
        var earliest = Of(group, now);
        var (ticks, expected, waits, _) = share is null ? earliest.Cards(count) : earliest.Part(share.Milli);
        return ticks < long.MaxValue
            ? new(Math.Max(ticks, now.UtcTicks), 0, 0, rank)
            : new(ticks, Math.Max(expected, now.UtcTicks), waits, rank);
    }

    /// <summary>What can become free of a group's cards, by its place among the node's.</summary>
    public Earliest Of(int group, DateTimeOffset now)
    {
        Renew(now);
        return _earliest[group];
    }

    private void Renew(DateTimeOffset now)
    {
        if (now.UtcTicks >= _valid.From && now.UtcTicks < _valid.To) return;
        _valid = (now.UtcTicks, long.MaxValue);
        _order.Clear();
        foreach (var hold in slot.Holds.Values) _order.Add(Of(hold, now));
        _order.Sort(InOrder);
        while (_earliest.Count < slot.Groups.Count) _earliest.Add(new Earliest());
        for (var i = 0; i < slot.Groups.Count; i++) _earliest[i].Renew(slot.Groups[i], _order);
    }

    private Release Of(Hold hold, DateTimeOffset now)
    {
        var (ends, expected) = (TicksOf(slot.EndsBy(hold, now), now), TicksOf(slot.ExpectedBy(hold, now), now));
        // Who has not started yet ends later with every moment that passes.
        var drifts = hold.Attempt.StartTime is null && ends > 0 && (hold.Longest ?? hold.Expected) is not null;
        var changes = Math.Min(ends > 0 ? ends : long.MaxValue, expected > 0 ? expected : long.MaxValue);
        _valid.To = Math.Min(_valid.To, drifts ? now.UtcTicks + 1 : changes);
        return new(ends, expected, hold);
    }

    private static long TicksOf(DateTimeOffset? moment, DateTimeOffset now) =>
        moment is { } end ? end > now ? end.UtcTicks : 0 : long.MaxValue;

    private static int InOrder(Release x, Release y)
    {
        if (x.Ends != y.Ends) return x.Ends.CompareTo(y.Ends);
        if (x.Expected != y.Expected) return x.Expected.CompareTo(y.Expected);
        var byGrant = x.Hold.Attempt.GrantTime.CompareTo(y.Hold.Attempt.GrantTime);
        return byGrant != 0 ? byGrant : x.Hold.Attempt.Id.Job.CompareTo(y.Hold.Attempt.Id.Job);
    }
}
