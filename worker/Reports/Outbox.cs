using System.Threading.Channels;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Reports;

/// <summary>
/// Reports on their way to the scheduler: on disk before they are sent, kept until acknowledged. One loop writes, and takes
/// everything that has gathered in the meantime with a single flush, so that a burst costs few of them. A full disk must not
/// keep reports from a scheduler that is there: they go out from memory, and onto the disk as soon as it takes them.
/// </summary>
internal sealed partial class Outbox : IReportSink, IAsyncDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly Channel<Entry> _incoming = Channel.CreateUnbounded<Entry>(new() { SingleReader = true });
    private readonly PendingReports _pending = new();
    private readonly UnsavedReports _unsaved = new();
    private readonly OutboxFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger<Outbox> _logger;
    private readonly Task _writing;

    public Outbox(string directory, TimeProvider time, ILogger<Outbox> logger)
    {
        _time = time;
        _logger = logger;
        _files = OutboxFiles.Open(directory, _pending);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Ended attempts that the scheduler hasn't acknowledged: the worker still answers for them.</summary>
    public IReadOnlyList<AttemptKey> UnacknowledgedEnds => _pending.Ends;

    public Task<bool> AppendAsync(Report report)
    {
        var entry = new Entry(report, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_incoming.Writer.TryWrite(entry))
            throw new InvalidOperationException("the outbox is closed");
        return entry.Written.Task;
    }

    /// <summary>Reports behind a number, oldest first; waits until there is one.</summary>
    public Task<IReadOnlyList<Report>> TakeAfterAsync(long sequence, CancellationToken cancellationToken) =>
        _pending.AfterAsync(sequence, cancellationToken);

    /// <summary>The scheduler has made everything up to here durable.</summary>
    public void Acknowledge(long sequence)
    {
        _pending.DropUpTo(sequence);
        _unsaved.Acknowledge(sequence);
        try
        {
            _files.DropUpTo(sequence, everything: _pending.IsEmpty);
        }
        catch (IOException error)
        {
            // Files that hold too much do no harm.
            LogNotTidied(error);
        }
    }

    /// <summary>Before leaving: gives the scheduler a while to acknowledge. What it doesn't, a later worker sends again.</summary>
    public async Task WaitUntilEmptyAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, _time);
        while (!_pending.IsEmpty && !limit.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        _incoming.Writer.TryComplete();
        await _writing;
        _files.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new List<Entry>();
        var more = _incoming.Reader.WaitToReadAsync().AsTask();
        while (true)
        {
            await (_unsaved.IsEmpty ? (Task)more : Task.WhenAny(more, Task.Delay(RetryInterval, _time)));
            while (_incoming.Reader.TryRead(out var entry))
                batch.Add(entry);
            var isSaved = Write([.. batch.Select(entry => entry.Report)]);
            batch.ForEach(entry => entry.Written.SetResult(isSaved));
            batch.Clear();
            if (!more.IsCompleted)
                continue;
            if (!await more)
                return;
            more = _incoming.Reader.WaitToReadAsync().AsTask();
        }
    }

    private bool Write(List<Report> reports)
    {
        _pending.Number(reports);
        _unsaved.Add(reports);
        var isSaved = TrySave();
        _pending.Add(reports);
        return isSaved;
    }

    private bool TrySave()
    {
        var reports = _unsaved.Take();
        try
        {
            if (reports.Count > 0)
                _files.Append(reports);
            if (_unsaved.MarkSaved(reports))
                LogOnDiskAgain();
            return true;
        }
        catch (IOException error)
        {
            if (_unsaved.MarkFailed())
                LogNotOnDisk(error);
            return false;
        }
    }

    private sealed record Entry(Report Report, TaskCompletionSource<bool> Written);
}
