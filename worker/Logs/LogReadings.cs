using System.Collections.Concurrent;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.JobFiles;

namespace GpuScheduler.Worker.Logs;

/// <summary>The logs that one session reads at present, each in a loop of its own; they end with the session.</summary>
internal sealed class LogReadings(
    LogFiles logs, Func<LogChunk, CancellationToken, ValueTask> send, JobFileThreads files, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    public void Start(ReadLog request)
    {
        var reading = new Reading(new CancellationTokenSource());
        if (_readings.TryAdd(request.RequestId, reading))
            reading.Done = Task.Run(() => ReadAsync(request, reading.Stop.Token));
    }

    public void Stop(string requestId)
    {
        if (_readings.TryGetValue(requestId, out var reading))
            reading.Stop.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        var readings = _readings.Values.ToArray();
        foreach (var reading in readings)
            await reading.Stop.CancelAsync();
        await Task.WhenAll(readings.Select(reading => reading.Done));
    }

    private async Task ReadAsync(ReadLog request, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(request, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopped, or the session is over: no reader waits for an end.
        }
        finally
        {
            _readings.TryRemove(request.RequestId, out _);
        }
    }

    private async Task SendAsync(ReadLog request, CancellationToken cancellationToken)
    {
        try
        {
            if (logs.Find(request) is { } log)
                await new LogReading(request, log, () => logs.MayStillGrow(request), files, time).SendAsync(send, cancellationToken);
            else
                await send(LogReading.End(request, 0, logs.Missing(request)), cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var message = $"the log of job {request.JobId}, attempt {request.Attempt}, can't be read: {error.Message}";
            await send(LogReading.End(request, 0, message), cancellationToken);
        }
    }

    private sealed record Reading(CancellationTokenSource Stop)
    {
        public Task Done { get; set; } = Task.CompletedTask;
    }
}
