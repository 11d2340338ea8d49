using GpuScheduler.Core.Engine.Moves;

namespace GpuScheduler.Core.Engine.Phases;

/// <summary>
/// Brings the queue up to the present: deadlines that are missed, effective priorities, back-offs that are over, spill rules that have
/// opened.
/// </summary>
internal static class OrderPhase
{
    public static void Run(Turn turn)
    {
        var room = turn.State.Room;
        while (room.Deadlines.TakeMissed(turn.Now) is { } job) Withdrawing.MissDeadline(turn, job);
        Dependents.Reconsider(turn);
        room.Ready.Ranking.Refresh(turn.Now);
        while (room.Backoff.TakeDue(turn.Now) is { } job) room.Seat(job, turn.Now);
        room.Ready.LineUpLearned(turn.Now);
        room.Ready.OpenSpills(turn.Now);
        turn.State.LookAgain(turn.Now);
    }
}
