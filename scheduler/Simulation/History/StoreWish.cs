namespace GpuScheduler.Simulation.History;

/// <summary>A store to be replayed.</summary>
/// <param name="Path">The store, or a folder that has one.</param>
/// <param name="Period">Null: what runs or waits, or if nothing does, the last 24 hours.</param>
/// <param name="Now">The present; null: the newest moment that the store tells of, so that equal stores give equal results.</param>
/// <param name="SpeedsDiffer">See <see cref="ReplayWish"/>.</param>
internal sealed record StoreWish(string Path, Period? Period, DateTimeOffset? Now, bool SpeedsDiffer)
{
    public RecordedPool Read()
    {
        var history = StoreFile.Read(Path);
        var now = Now ?? RecordedPool.LastEvent(history);
        if (Period is { } period)
            return RecordedPool.Of(history, new(period, now, SpeedsDiffer), Path);

        var present = RecordedPool.Of(history, new(History.Period.Now, now, SpeedsDiffer), Path);
        return present.Jobs.Count > 0 ? present : RecordedPool.Of(history, new(History.Period.Night, now, SpeedsDiffer), Path);
    }
}
