using System.Collections.Concurrent;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Connections for history, kept for the next query. In WAL mode they neither wait for the writer nor hold it up.</summary>
internal sealed class Readers(string path) : IDisposable
{
    private const int AtOnce = 4;

    private readonly SemaphoreSlim _free = new(AtOnce);
    private readonly ConcurrentBag<JobFinder> _idle = [];

    public Task<IReadOnlyList<StoredJob>> FindAsync(JobQuery query, CancellationToken cancellationToken) =>
        ReadAsync(finder => finder.Find(query, cancellationToken), cancellationToken);

    public Task<string?> FindTextAsync(string hash, CancellationToken cancellationToken) =>
        ReadAsync(finder => finder.FindText(hash), cancellationToken);

    private async Task<T> ReadAsync<T>(Func<JobFinder, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var finder))
            finder.Dispose();
        _free.Dispose();
    }

    private T Read<T>(Func<JobFinder, T> read)
    {
        if (!_idle.TryTake(out var finder)) finder = new JobFinder(Connections.OpenReader(path));
        var found = read(finder);
        // A reader whose query failed is not used again.
        _idle.Add(finder);
        return found;
    }
}
