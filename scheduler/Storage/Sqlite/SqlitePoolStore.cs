using System.Text.Json;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite.Opening;
using GpuScheduler.Storage.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>
/// A pool's state in one SQLite file: write-ahead log, an fsync a commit. One process at a time holds it; within the process
/// the epoch decides. Safe for calls from several threads: commits run one after the other on a thread of their own.
/// </summary>
public sealed class SqlitePoolStore : IPoolStore, IAsyncDisposable
{
    private const int PagesAtOnce = 500;

    private readonly StoreLock _lock;
    private readonly SqliteConnection _connection;
    private readonly Transaction _transaction;
    private readonly ChangeWriter _tables;
    private readonly Purge _purge;
    private readonly Readers _readers;
    private readonly AcknowledgedFile _acknowledged;
    private readonly WriterThread _writer = new("store-writer");

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

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Schema version before this start's migrations; 0: the store is new.</summary>
    public int VersionFound { get; }

    /// <summary>What happened at the start that the person who runs the scheduler should hear of.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Schema version now.</summary>
    public static int Version => Migration.Shipped[^1].Version;

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

    /// <inheritdoc/>
    public Task<long> CommitAsync(long epoch, IReadOnlyList<StoreChange> changes, CancellationToken cancellationToken) =>
        _writer.RunAsync(() => Commit(epoch, changes), cancellationToken);

    /// <summary>Keeps the rules in force for those who replay the pool later; nothing that schedules reads them.</summary>
    /// <exception cref="StoreFullException">No room: nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">It can't be written now: nothing was written.</exception>
    public Task SaveRulesAsync(StoredRules rules, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return _writer.RunAsync(() => Guard(() => _transaction.Run(() => Save(rules))), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> IsWritableAsync(CancellationToken cancellationToken) => _writer.RunAsync(TryWrite, cancellationToken);

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

    /// <summary>Gives some of the room that nothing needs any more back to the disk; false: there is none left.</summary>
    public Task<bool> GiveBackRoomAsync(CancellationToken cancellationToken) =>
        _writer.RunAsync(() => Guard(() => Connections.GiveBack(_connection, PagesAtOnce) > 0), cancellationToken);

    /// <summary>Forgets some submissions whose jobs all ended before a time; their room is used again, or given back.</summary>
    /// <param name="after">The submission after which to look; 0: from the beginning.</param>
    /// <param name="endedBefore">Jobs that ended later stay.</param>
    /// <param name="cancellationToken">Only before it begins.</param>
    public Task<PurgeBite> PurgeAsync(long after, DateTimeOffset endedBefore, CancellationToken cancellationToken) =>
        _writer.RunAsync(() => Guard(() => _transaction.Run(() => _purge.Take(after, endedBefore))), cancellationToken);

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

    private long Commit(long epoch, IReadOnlyList<StoreChange> changes)
    {
        var commit = Guard(() => _transaction.Run(() => Write(epoch, changes)));
        _acknowledged.Name(commit);
        return commit.Number;
    }

    private AcknowledgedCommit Write(long epoch, IReadOnlyList<StoreChange> changes)
    {
        if (_tables.Pool.NumberCommit(epoch) is not { } commit)
            throw new StaleEpochException(
                $"{Path}: epoch {_tables.Pool.Epoch()} owns the store; epoch {epoch} can't commit any more");
        var next = Math.Max(commit.NextJobNumber, _tables.Write(changes, commit.Number));
        return changes.Any(change => change is StoreChange.GenerationRaised)
            ? PoolTable.ReadCommit(_connection)
            : commit with { NextJobNumber = next };
    }

    private bool Save(StoredRules rules)
    {
        _tables.Rules.Save(rules);
        return true;
    }

    private bool TryWrite()
    {
        if (Probe()) return true;
        // A full disk may still have room in the log once its pages are copied to where they belong.
        try
        {
            Connections.Run(_connection, "PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException fault) when (Faults.IsOutside(fault))
        {
            return false;
        }

        return Probe();
    }

    private bool Probe()
    {
        try
        {
            return _transaction.Run(() =>
            {
                _tables.Pool.Probe();
                return true;
            });
        }
        catch (SqliteException fault) when (Faults.IsOutside(fault))
        {
            return false;
        }
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
