using GpuScheduler.Core.Leases;

namespace GpuScheduler.Core.Engine.Phases;

/// <summary>When time alone will change something.</summary>
internal static class WakePhase
{
    /// <summary>
    /// The earliest of lease ends, back-offs, spill openings, deadlines of drains and jobs, of hours, rounds, rests, and of moments to
    /// look again; null: nothing is due.
    /// </summary>
    public static DateTimeOffset? Next(Turn turn)
    {
        var state = turn.State;
        var next = Times.Earlier(state.Room.Backoff.Next, DrainPhase.Next(state));
        next = Times.Earlier(Times.Earlier(next, state.Room.Deadlines.Next), state.LookAgainAt);
        next = Times.Earlier(next, HoursPhase.Next(state, turn.Now));
        next = Times.Earlier(Times.Earlier(next, RoundPhase.Next(state)), RestPhase.Next(state));
        foreach (var id in state.Silent) next = Times.Earlier(next, LeaseClock.ExpiresAt(state.FindNode(id)!, turn.Config.Leases));
        foreach (var last in state.Contenders.Spilled)
        {
            if (OpeningMatters(state, last)) next = Times.Earlier(next, last.Lane.Class.NextOpening(turn.Now));
        }

        return next;
    }

    /// <summary>With a job waiting in vain where every rule is open, one more job there changes nothing.</summary>
    private static bool OpeningMatters(PoolState state, Contender last) =>
        last.Lane.First is null || last.ClosedAt != state.Map.FreedVersion;
}
