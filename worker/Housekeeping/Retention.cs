namespace GpuScheduler.Worker.Housekeeping;

/// <summary>How long what completed jobs left is kept: the scheduler says (history.keep in its pool.yaml).</summary>
internal sealed class Retention
{
    private long _ticks = -1;

    /// <summary>Null before the first welcome: until then nothing of theirs goes for its age.</summary>
    public TimeSpan? OfCompleted => Interlocked.Read(ref _ticks) is >= 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <param name="keep">Null from a scheduler that doesn't say: the shipped value.</param>
    public void Told(TimeSpan? keep) => Interlocked.Exchange(ref _ticks, (keep ?? Shipped).Ticks);

    private static readonly TimeSpan Shipped = TimeSpan.FromDays(180);
}
