namespace GpuScheduler.Core.Queueing;

/// <summary>
/// A lane's lines, the best first; each knows its place, so that one whose first job changed moves at the cost of a logarithm.
/// </summary>
internal sealed class LineHeap
{
    private AccountLine[] _lines = [];

    public int Count { get; private set; }

    public AccountLine? Best => Count == 0 ? null : _lines[0];

    public void Add(AccountLine line)
    {
        if (Count == _lines.Length) Array.Resize(ref _lines, Math.Max(1, Count * 2));
        Put(line, Count++);
        Rise(line.Index);
    }

    public void Remove(AccountLine line)
    {
        var at = line.Index;
        line.Index = -1;
        var last = _lines[--Count];
        _lines[Count] = null!;
        if (last == line) return;
        Put(last, at);
        Moved(last);
    }

    /// <summary>A line's rank has changed.</summary>
    public void Moved(AccountLine line)
    {
        Rise(line.Index);
        Sink(line.Index);
    }

    private void Rise(int at)
    {
        var line = _lines[at];
        for (; at > 0 && line.Rank.CompareTo(_lines[(at - 1) / 2].Rank) < 0; at = (at - 1) / 2) Put(_lines[(at - 1) / 2], at);
        Put(line, at);
    }

    private void Sink(int at)
    {
        var line = _lines[at];
        for (var child = (2 * at) + 1; child < Count; child = (2 * at) + 1)
        {
            if (child + 1 < Count && _lines[child + 1].Rank.CompareTo(_lines[child].Rank) < 0) child++;
            if (line.Rank.CompareTo(_lines[child].Rank) <= 0) break;
            Put(_lines[child], at);
            at = child;
        }

        Put(line, at);
    }

    private void Put(AccountLine line, int at)
    {
        _lines[at] = line;
        line.Index = at;
    }
}
