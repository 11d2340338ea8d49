namespace GpuScheduler.Core.Engine.Phases;

/// <summary>Brings the queue up to the present: back-offs that are over, spill rules that have opened.</summary>
internal static class OrderPhase
{
    public static void Run(Turn turn)
    {
        var room = turn.State.Room;
        room.Ready.Ranking.Refresh(turn.Now);
        while (room.Backoff.TakeDue(turn.Now) is { } job) room.Seat(job, turn.Now);
        room.Ready.OpenSpills(turn.Now);
    }
}
