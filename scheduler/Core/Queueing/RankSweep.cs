namespace GpuScheduler.Core.Queueing;

/// <summary>
/// All lines of a queue, whose ranks are renewed one after the other, some in each step: what is due once a minute would else fall into
/// one step, and grow with users × kinds of requests. Goes round, so that no job is passed over however often a renewal begins anew.
/// </summary>
internal sealed class RankSweep
{
    /// <summary>Lines that any step renews; where there are no more of them, all are renewed at once.</summary>
    public const int AtOnce = 512;

    private readonly List<AccountLine> _lines = [];
    private int _version;
    private int _next;
    private int _left;
    private DateTimeOffset _last;

    /// <summary>Lines whose rank is still of the renewal before.</summary>
    public int Left => _left;

    /// <summary>A new line, ranked as of now.</summary>
    public void Add(AccountLine line)
    {
        _lines.Add(line);
        if (_left > 0) _left++;
    }

    /// <summary>Renews as many as a step may; more after a pause, so that all had their turn within a period.</summary>
    /// <param name="version">Of the factors: another one than before means that all ranks are to be renewed.</param>
    /// <param name="now">The present.</param>
    /// <param name="period">For how long factors hold.</param>
    public void Advance(int version, DateTimeOffset now, TimeSpan period)
    {
        if (_version != version) (_version, _left) = (version, _lines.Count);
        var part = Math.Clamp((now - _last) / period, 0, 1);
        _last = now;
        for (var turns = Math.Min(_left, Math.Max(AtOnce, (int)Math.Ceiling(part * _lines.Count))); turns > 0; turns--)
        {
            _next = _next < _lines.Count ? _next : 0;
            _lines[_next].Lane.Renew(_lines[_next]);
            _next++;
            _left--;
        }
    }
}
