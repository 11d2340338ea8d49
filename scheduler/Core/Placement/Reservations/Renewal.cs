using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>Foretells anew when a promise comes true: when the last of its nodes has room. Keeps its buffers.</summary>
internal sealed class Renewal(Outlook outlook)
{
    /// <summary>Two weeks of nights: nodes that have not met by then never will.</summary>
    private const int MostRounds = 30;

    private readonly List<Load> _loads = [];
    private readonly List<JobId> _waits = [];

    /// <summary>False when the nodes can't keep it any more; then the promise is as it was.</summary>
    public bool Renew(Promise promise, DateTimeOffset now)
    {
        _loads.Clear();
        _waits.Clear();
        DateTimeOffset? at = now;
        DateTimeOffset? expected = now;
        foreach (var stake in promise.Stakes)
        {
            if (!stake.Stands || outlook.For(promise.Job.Spec, stake.Slot, stake.Claim, Before(stake), now) is not { } forecast) return false;
            _loads.Add(forecast.Load);
            foreach (var hold in outlook.Order.Take(forecast.Waits)) _waits.Add(hold.Attempt.Id.Job);
            (at, expected) = (Later(at, forecast.At), Later(expected, forecast.Expected));
        }

        if (at is { } moment && promise.Stakes.Count > 1 && (at = Together(promise, moment)) is null) return false;
        promise.Expect(at, at ?? expected, [.. _waits.Distinct()]);
        for (var i = 0; i < promise.Stakes.Count; i++) promise.Stakes[i].Load = LoadOf(promise.Stakes[i], _loads[i], now);
        return true;
    }

    /// <summary>Null: one of them is not known.</summary>
    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other is null ? null : one > other ? one : other;

    /// <summary>A gang starts when its last node has room: by then more has ended on the others.</summary>
    private Load LoadOf(Stake stake, Load own, DateTimeOffset now) =>
        stake.Promise.Stakes.Count > 1 && stake.Promise.At is { } moment ? outlook.At(moment, stake.Slot, stake.Claim, Before(stake), now) : own;

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

    private static IEnumerable<Stake> Before(Stake stake) => stake.Slot.Stakes.TakeWhile(other => other.Promise != stake.Promise);
}
