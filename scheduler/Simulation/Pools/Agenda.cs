namespace GpuScheduler.Simulation.Pools;

/// <summary>What is still to happen, by time; at the same moment, first in first out.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<PoolEvent, (long Ticks, long Turn)> queue = new();
    private long turn;

    public bool IsEmpty => queue.Count == 0;

    /// <summary>Events that are not calls for waking.</summary>
    public int Real { get; private set; }

    public long NextTicks => queue.TryPeek(out _, out var next) ? next.Ticks : long.MaxValue;

    public void Add(long ticks, PoolEvent what)
    {
        queue.Enqueue(what, (ticks, turn++));
        if (what is not PoolEvent.Woke)
            Real++;
    }

    public PoolEvent Take()
    {
        var what = queue.Dequeue();
        if (what is not PoolEvent.Woke)
            Real--;

        return what;
    }
}
