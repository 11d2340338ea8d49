using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>Foretells anew when a promise comes true: when the last of its nodes has room. Keeps its buffers.</summary>
internal sealed class Renewal(Outlook outlook)
{
    /// <summary>Two weeks of nights: nodes that have not met by then never will.</summary>
    private const int MostRounds = 30;

    private readonly List<Forecast> _forecasts = [];
    private readonly List<JobId> _waits = [];

    /// <summary>False when the nodes can't keep it any more; then the promise is as it was.</summary>
    public bool Renew(Promise promise, DateTimeOffset now)
    {
        _forecasts.Clear();
        _waits.Clear();
        DateTimeOffset? at = now;
        DateTimeOffset? expected = now;
        foreach (var stake in promise.Stakes)
        {
            if (!stake.Stands || ForecastOf(stake, Before(stake), now) is not { } forecast) return false;
            _forecasts.Add(forecast);
            foreach (var hold in outlook.Order.Take(forecast.Waits)) _waits.Add(hold.Attempt.Id.Job);
            (at, expected) = (Later(at, forecast.At), Later(expected, forecast.Expected));
        }

        if (at is { } moment && promise.Stakes.Count > 1 && (at = Together(promise, moment)) is null) return false;
        promise.Expect(at, at ?? expected, [.. _waits.Distinct()]);
        for (var i = 0; i < promise.Stakes.Count; i++)
            promise.Stakes[i].Expect(_forecasts[i], LoadOf(promise.Stakes[i], _forecasts[i].Load, now));
        return true;
    }

    /// <summary>When a node will have room for what a promise keeps there. A part of a card stays on its card as long as that is no later
    /// than promised: so no job that was promised the rest of another card is pushed aside.</summary>
    /// <param name="stake">The promise on that node.</param>
    /// <param name="before">What is kept for others who come first.</param>
    /// <param name="now">The present.</param>
    public Forecast? ForecastOf(Stake stake, IEnumerable<Claim> before, DateTimeOffset now)
    {
        var forecast = outlook.For(stake.Promise.Job.Spec, stake.Slot, stake.Claim, before, now);
        if (stake.Claim.Part is null || (forecast is { } kept && !stake.IsLater(kept, now))) return forecast;
        var another = outlook.For(stake.Promise.Job.Spec, stake.Slot, stake.Claim with { Part = null }, before, now);
        if (forecast is not { } own) return another;
        return another is { } other && Expectation.Of(other, 0).CompareTo(Expectation.Of(own, 0)) < 0 ? other : own;
    }

    /// <summary>Null: one of them is not known.</summary>
    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other is null ? null : one > other ? one : other;

    /// <summary>A gang starts when its last node has room: by then more has ended on the others.</summary>
    private Load LoadOf(Stake stake, Load own, DateTimeOffset now) =>
        stake.Promise.Stakes.Count > 1 && stake.Promise.At is { } moment
            ? outlook.At(moment, stake.Slot, stake.Claim, Before(stake), now)
            : own;

    /// <summary>The first moment at which all of a gang's nodes are open for long enough; null: none was found.</summary>
    private static DateTimeOffset? Together(Promise promise, DateTimeOffset at)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var before = at;
            foreach (var stake in promise.Stakes)
            {
                if (stake.Slot.Hours is not { } hours) continue;
                if (hours.FirstStart(promise.Job.Spec, at) is not { } start) return null;
                at = start;
            }

            if (at == before) return at;
        }

        return null;
    }

    private static IEnumerable<Claim> Before(Stake stake) =>
        stake.Slot.Stakes.TakeWhile(other => other.Promise != stake.Promise).Select(other => other.Claim);
}
