using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite.Opening;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>
/// A pool's state in one SQLite file: write-ahead log, an fsync a commit. One process at a time holds it; within the process
/// the epoch decides. Safe for calls from several threads: commits run one after the other on a thread of their own.
/// </summary>
public sealed partial class SqlitePoolStore : IPoolStore, IAsyncDisposable
{
    private readonly StoreLock _lock;
    private readonly SqliteConnection _connection;
    private readonly Transaction _transaction;
    private readonly ChangeWriter _tables;
    private readonly Purge _purge;
    private readonly Readers _readers;
    private readonly AcknowledgedFile _acknowledged;
    private readonly WriterThread _writer = new("store-writer");

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Schema version before this start's migrations; 0: the store is new.</summary>
    public int VersionFound { get; }

    /// <summary>What happened at the start that the person who runs the scheduler should hear of.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Schema version now.</summary>
    public static int Version => Migration.Shipped[^1].Version;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredJob>> FindJobsAsync(JobQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000_000);
        return await GuardReadAsync(_readers.FindAsync(query, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<string?> ReadTextAsync(string hash, CancellationToken cancellationToken) =>
        GuardReadAsync(_readers.FindTextAsync(hash, cancellationToken));

    /// <summary>Writes a consistent copy while work goes on. <paramref name="target"/> must not exist; it appears only when complete
    /// and durable.</summary>
    /// <exception cref="IOException"><paramref name="target"/> exists or can't be written.</exception>
    public Task BackupAsync(string target, CancellationToken cancellationToken) =>
        Task.Run(() => Backup.Write(Path, target), cancellationToken);

    /// <summary>Finishes the commits that were asked for and lets the file go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _readers.Dispose();
        _purge.Dispose();
        _tables.Dispose();
        _transaction.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
        _acknowledged.Dispose();
        _lock.Dispose();
    }

    private async Task<T> GuardReadAsync<T>(Task<T> reading)
    {
        try
        {
            return await reading.ConfigureAwait(false);
        }
        catch (SqliteException fault) when (Faults.IsOutside(fault))
        {
            throw new StoreUnavailableException($"{Path}: can't be read now ({fault.Message})", fault);
        }
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException fault) when (Faults.IsOutside(fault))
        {
            throw Faults.Translate(fault, Path);
        }
    }
}
