using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite.Opening;
using GpuScheduler.Storage.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>How a store is written, and whether it can be.</summary>
public sealed partial class SqlitePoolStore
{
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
}
