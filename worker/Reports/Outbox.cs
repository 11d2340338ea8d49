using System.Threading.Channels;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution;
using Microsoft.Extensions.Logging;

namespace GpuScheduler.Worker.Reports;

/// <summary>
/// Reports on their way to the scheduler: on disk before they are sent, kept until acknowledged. One loop writes, and takes
/// everything that has gathered in the meantime with a single flush, so that a burst costs few of them.
/// </summary>
internal sealed partial class Outbox : IReportSink, IAsyncDisposable
{
    private readonly Channel<Entry> _incoming = Channel.CreateUnbounded<Entry>(new() { SingleReader = true });
    private readonly PendingReports _pending = new();
    private readonly OutboxFiles _files;
    private readonly ILogger<Outbox> _logger;
    private readonly Task _writing;

    public Outbox(string directory, ILogger<Outbox> logger)
    {
        _logger = logger;
        _files = OutboxFiles.Open(directory, _pending);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Ended attempts that the scheduler hasn't acknowledged: the worker still answers for them.</summary>
    public IReadOnlyList<AttemptKey> UnacknowledgedEnds => _pending.Ends;

    public Task AppendAsync(Report report)
    {
        var entry = new Entry(report, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
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
        _files.DropUpTo(sequence, everything: _pending.IsEmpty);
    }

    /// <summary>Before leaving: gives the scheduler a while to acknowledge. What it doesn't, a later worker sends again.</summary>
    public async Task WaitUntilEmptyAsync(TimeSpan patience, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(patience, time);
        while (!_pending.IsEmpty && !limit.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        while (await _incoming.Reader.WaitToReadAsync())
        {
            while (_incoming.Reader.TryRead(out var entry))
                batch.Add(entry);
            Write([.. batch.Select(entry => entry.Report)]);
            batch.ForEach(entry => entry.Written.SetResult());
            batch.Clear();
        }
    }

    /// <summary>A full disk must not keep reports from a scheduler that is there: they go out from memory alone.</summary>
    private void Write(List<Report> reports)
    {
        try
        {
            _pending.Number(reports);
            _files.Append(reports);
        }
        catch (IOException error)
        {
            LogNotOnDisk(error, reports.Count);
        }

        _pending.Add(reports);
    }

    private sealed record Entry(Report Report, TaskCompletionSource Written);
}
