namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>
/// Which promises are looked for again in a cycle: each once a minute, but not all that are due in one cycle, for each compares all
/// nodes. Who is not looked at now is in one of the next cycles.
/// </summary>
internal sealed class SearchTurns
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private DateTimeOffset _now;
    private int _left;

    /// <summary>A cycle begins: after a pause it looks for more, so that all have their turn within a period.</summary>
    public void Begin(DateTimeOffset now, int promises)
    {
        _left = Math.Max(1, (int)Math.Ceiling(Math.Clamp((now - _now) / Period, 0, 1) * promises));
        _now = now;
    }

    /// <summary>True when it is this promise's turn, by when it was looked for last.</summary>
    public bool Take(DateTimeOffset searchedAt) => _now - searchedAt >= Period && _left-- > 0;
}
