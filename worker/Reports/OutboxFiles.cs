using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Reports;

/// <summary>The outbox on disk: one segment is written, older ones go when all they hold is acknowledged.</summary>
internal sealed class OutboxFiles : IDisposable
{
    private const long FullSegment = 4 << 20;
    private const long WorthDropping = 64 << 10;

    private readonly Lock _gate = new();
    private readonly string _directory;
    private readonly Queue<OutboxSegment> _full;
    private OutboxSegment _current;

    private OutboxFiles(string directory, IEnumerable<OutboxSegment> full, OutboxSegment current)
    {
        _directory = directory;
        _full = new(full);
        _current = current;
    }

    public static OutboxFiles Open(string directory, PendingReports pending)
    {
        var reports = new List<Report>();
        var segments = OutboxSegment.In(directory).Select(path => OutboxSegment.Open(path, reports)).ToList();
        if (segments.Count == 0)
            segments.Add(OutboxSegment.Create(directory, 1));
        pending.Restore(reports, segments[^1].LastSequence);
        return new(directory, segments[..^1], segments[^1]);
    }

    /// <summary>Ends behind a number, in a folder that no agent has open.</summary>
    public static int EndsAfter(string directory, long sequence)
    {
        var reports = new List<Report>();
        foreach (var path in OutboxSegment.In(directory)) OutboxSegment.Open(path, reports).Dispose();
        return reports.Count(report => report.Ended is not null && report.Sequence > sequence);
    }

    public void Append(IReadOnlyList<Report> reports)
    {
        lock (_gate)
        {
            if (_current.Length >= FullSegment || !_current.IsThere)
                Roll_NeedsLock(reports[0].Sequence);
            _current.Append(reports);
        }
    }

    /// <summary>Emptying means a new file: its name keeps the numbering when nothing else does.</summary>
    public void DropUpTo(long sequence, bool everything)
    {
        lock (_gate)
        {
            if (everything && _current.Length >= WorthDropping && _current.LastSequence <= sequence)
                Roll_NeedsLock(_current.LastSequence + 1);
            while (_full.TryPeek(out var oldest) && oldest.LastSequence <= sequence)
                _full.Dequeue().Delete();
        }
    }

    public void Dispose()
    {
        _current.Dispose();
        foreach (var segment in _full)
            segment.Dispose();
    }

    private void Roll_NeedsLock(long firstSequence)
    {
        Directory.CreateDirectory(_directory);
        var next = OutboxSegment.Create(_directory, firstSequence);
        _full.Enqueue(_current);
        _current = next;
    }
}
