using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;

namespace GpuScheduler.Worker.Reports;

/// <summary>Reports not acknowledged yet, in order and without gaps, and the numbering of new ones. Safe from several threads.</summary>
internal sealed class PendingReports
{
    private const int LargestBatch = 256;

    private readonly Lock _gate = new();
    private readonly LinkedList<Report> _reports = [];
    private TaskCompletionSource _more = NewSignal();
    private long _last;

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

    public long LastSequence
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    public IReadOnlyList<AttemptKey> Ends
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _reports.Where(report => report.Ended is not null).Select(report => new AttemptKey(report.JobId, report.Attempt)),
                ];
            }
        }
    }

    /// <summary>After a restart: what the files held, and the last number they know of.</summary>
    public void Restore(IReadOnlyList<Report> reports, long last)
    {
        Add(reports);
        lock (_gate)
        {
            _last = last;
        }
    }

    public void Number(IReadOnlyList<Report> reports)
    {
        lock (_gate)
        {
            foreach (var report in reports)
                report.Sequence = ++_last;
        }
    }

    public void Add(IReadOnlyList<Report> reports)
    {
        lock (_gate)
        {
            foreach (var report in reports)
                _reports.AddLast(report);
            _more.TrySetResult();
            _more = NewSignal();
        }
    }

    /// <summary>A scheduler that remembers more than this directory ever sent (a fresh directory) sets where to go on.</summary>
    public void DropUpTo(long sequence)
    {
        lock (_gate)
        {
            while (_reports.First is { } first && first.Value.Sequence <= sequence)
                _reports.RemoveFirst();
            _last = Math.Max(_last, sequence);
        }
    }

    public async Task<IReadOnlyList<Report>> AfterAsync(long sequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                var found = After_NeedsLock(sequence);
                if (found.Count > 0)
                    return found;
                more = _more.Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Looks from the end: what hasn't been sent is the small, young part.</summary>
    private List<Report> After_NeedsLock(long sequence)
    {
        var node = _reports.Last;
        if (node is null || node.Value.Sequence <= sequence)
            return [];
        while (node.Previous is { } previous && previous.Value.Sequence > sequence)
            node = previous;
        var found = new List<Report>();
        for (; node is not null && found.Count < LargestBatch; node = node.Next)
            found.Add(node.Value);
        return found;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
