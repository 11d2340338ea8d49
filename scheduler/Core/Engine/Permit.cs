using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Quotas;

namespace GpuScheduler.Core.Engine;

/// <summary>What limits leave a job that would be served next.</summary>
/// <param name="Hit">The limit that binds; null: none does.</param>
/// <param name="Gate">Cards it may have although; null: all, without a hit, or none.</param>
internal readonly record struct Permit(QuotaHit? Hit, Gate? Gate)
{
    /// <summary>True when the limit is its owner's alone, so that others of the lane may go on.</summary>
    public bool BindsLine { get; init; }

    /// <summary>Nothing may start.</summary>
    public bool IsRefused => Hit is not null && Gate is null;

    /// <summary>Asks one party's limits.</summary>
    /// <param name="tally">Null: it has none.</param>
    /// <param name="query">What the job needs and may use.</param>
    /// <param name="map">The pool.</param>
    public static Permit Of(Tally? tally, PlacementQuery query, PoolMap map)
    {
        if (tally is null) return default;
        if (tally.IsFull) return new Permit(QuotaWords.Jobs(tally), null);
        if (query.Request.Gpu is null || tally.Limits.Gpus.Count == 0) return default;
        QuotaHit? hit = null;
        var open = false;
        foreach (var option in query.Options(map))
        {
            if (tally.Exceeded(Wanted(option, query.Request)) is { } cap)
                hit ??= QuotaWords.Cards(tally, cap, Wanted(option, query.Request).Milli);
            else open = true;
        }

        if (hit is null || !open) return new Permit(hit, null);
        return new Permit(hit, (_, cards, count, _) => cards is null || tally.Exceeded(Wanted(cards.Kind, count, query.Request)) is null);
    }

    /// <summary>Both limits hold.</summary>
    public Permit And(Permit other)
    {
        if (Hit is null || IsRefused) return Hit is null ? other : this;
        if (other.Hit is null) return this;
        if (other.IsRefused) return other;
        var (mine, theirs) = (Gate!, other.Gate!);
        return this with { Gate = (slot, cards, count, part) => mine(slot, cards, count, part) && theirs(slot, cards, count, part) };
    }

    /// <summary>Both gates open.</summary>
    public Gate? Through(Gate? other)
    {
        if (Gate is not { } own || other is null) return Gate ?? other;
        return (slot, cards, count, part) => own(slot, cards, count, part) && other(slot, cards, count, part);
    }

    private static CardUse Wanted(PlacementOption option, ResourceRequest request) => Wanted(option.Kind, option.Count, request);

    private static CardUse Wanted(CardKind kind, int count, ResourceRequest request) =>
        new(kind.Class, kind.Key, Demand.Milli(count, request));
}
