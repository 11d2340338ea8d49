namespace GpuScheduler.Core.Engine.Phases;

/// <summary>Lets nodes take work again that have rested long enough after a failed launch.</summary>
internal static class RestPhase
{
    public static void Run(Turn turn)
    {
        if (turn.State.Resting.Count == 0) return;
        foreach (var id in turn.State.Resting.ToList())
        {
            var slot = turn.State.Map.Find(id)!;
            if (slot.Node.RestsUntil > turn.Now) continue;
            slot.Node.RestsUntil = null;
            turn.State.Resting.Remove(id);
            turn.State.Map.Refresh(slot);
            turn.Save(slot.Node);
        }
    }

    /// <summary>When the next one has rested; null: none rests.</summary>
    public static DateTimeOffset? Next(PoolState state)
    {
        DateTimeOffset? next = null;
        foreach (var id in state.Resting) next = Times.Earlier(next, state.FindNode(id)!.RestsUntil);
        return next;
    }
}
