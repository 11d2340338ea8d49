using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Reports;

/// <summary>Numbered reports that aren't on disk yet, in order: none while the disk works. Safe from several threads.</summary>
internal sealed class UnsavedReports
{
    private readonly Lock _gate = new();
    private readonly List<Report> _reports = [];
    private long _acknowledged;
    private bool _failing;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _reports.Count == 0;
            }
        }
    }

    public void Add(IEnumerable<Report> reports)
    {
        lock (_gate)
        {
            _reports.AddRange(reports);
        }
    }

    public void Acknowledge(long sequence)
    {
        lock (_gate)
        {
            _acknowledged = Math.Max(_acknowledged, sequence);
        }
    }

    /// <summary>What is worth saving: of what the scheduler has, only the last one, which keeps the numbering.</summary>
    public IReadOnlyList<Report> Take()
    {
        lock (_gate)
        {
            if (_reports.Count > 1)
                _reports.RemoveAll(report => report.Sequence <= _acknowledged && report != _reports[^1]);
            return [.. _reports];
        }
    }

    /// <returns>True when the disk had refused before.</returns>
    public bool MarkSaved(IReadOnlyList<Report> reports)
    {
        lock (_gate)
        {
            _reports.RemoveRange(0, reports.Count);
            var recovers = _failing;
            _failing = false;
            return recovers;
        }
    }

    /// <returns>True when the disk hadn't refused before.</returns>
    public bool MarkFailed()
    {
        lock (_gate)
        {
            var isNew = !_failing;
            _failing = true;
            return isNew;
        }
    }
}
