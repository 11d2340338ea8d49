using System.Text.Json;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite.Opening;
using GpuScheduler.Storage.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>How a store is opened: its file by a process, its state by an activation of the pool.</summary>
public sealed partial class SqlitePoolStore
{
    private SqlitePoolStore(string path, StoreLock held, OpenedStore opened)
    {
        Path = path;
        (VersionFound, Notes) = (opened.VersionFound, opened.Notes);
        _lock = held;
        _connection = opened.Connection;
        _transaction = new Transaction(_connection);
        _tables = new ChangeWriter(_connection);
        _purge = new Purge(_connection, _tables.Texts);
        _acknowledged = AcknowledgedFile.Open(path, PoolTable.ReadCommit(_connection));
        _readers = new Readers(path);
    }

    /// <summary>Locks, checks and migrates the store; makes a new one where there is none (its folder must exist).</summary>
    /// <exception cref="StoreRefusedException">In use, damaged, of a newer scheduler, or not accessible; the message says what to
    /// do.</exception>
    public static SqlitePoolStore Open(string path, TimeProvider time, SqliteStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(time);
        return Open(path, time, options ?? new SqliteStoreOptions(), Migration.Shipped);
    }

    /// <inheritdoc/>
    public Task<StoredPool> OpenAsync(CancellationToken cancellationToken) =>
        _writer.RunAsync(() => Guard(() => _transaction.Run(TakeAndRead)), cancellationToken);

    internal static SqlitePoolStore Open(string path, TimeProvider time, SqliteStoreOptions options, IReadOnlyList<Migration> migrations)
    {
        var file = StorePath.Resolve(path);
        var held = StoreLock.Take(file);
        SqliteConnection? connection = null;
        try
        {
            var opened = new StoreOpening(file, time, options, migrations).Open();
            connection = opened.Connection;
            return new SqlitePoolStore(file, held, opened);
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            held.Dispose();
            if (fault is SqliteException sqlite && Faults.IsOutside(sqlite)) throw Faults.Refuse(sqlite, file);
            if (fault is IOException or UnauthorizedAccessException) throw Faults.Refuse(fault, file);
            throw;
        }
    }

    private StoredPool TakeAndRead()
    {
        var pool = _tables.Pool.TakeEpoch();
        _tables.Openings.Add(pool);
        try
        {
            return new PoolReader(_connection, _tables).Read(pool);
        }
        catch (JsonException unreadable)
        {
            throw Integrity.Damaged(Path, unreadable.Message, unreadable);
        }
    }
}
