using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite.Opening;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>What the one row says.</summary>
internal sealed record PoolRow(long Epoch, long NextNumber, StoreIdentity Identity, long Commit, bool HasLegacyWorkers);

/// <summary>The one row that says which store this is, whose turn it is and which numbers come next.</summary>
internal sealed class PoolTable(SqliteConnection connection) : IDisposable
{
    /// <summary>The schema version from which on a store has an identity and numbers its commits.</summary>
    public const int IdentityVersion = 7;

    // As much as a commit of several jobs: where less fits, the next commit fails again.
    private const int ProbeBytes = 128 << 10;

    private const string Commit = "identity, generation, commit_number, commit_tag, next_number";

    private readonly Statement _takeEpoch = new(
        connection,
        "UPDATE pool SET epoch = epoch + 1 RETURNING epoch, next_number, identity, generation, commit_number, legacy_workers");

    private readonly Statement _epoch = new(connection, "SELECT epoch FROM pool");

    // Without RETURNING, for which SQLite makes and removes a table of its own in memory: twice the CPU time of a small commit.
    private readonly Statement _numberCommit = new(
        connection, "UPDATE pool SET commit_number = commit_number + 1, commit_tag = lower(hex(randomblob(16))) WHERE epoch = ?");

    private readonly Statement _commit = new(connection, $"SELECT {Commit} FROM pool");

    private readonly Statement _raise = new(
        connection, "UPDATE pool SET generation = max(generation, ?), next_number = max(next_number, ?)");

    private readonly Statement _reserve = new(connection, "UPDATE pool SET next_number = max(next_number, ?)");
    private readonly Statement _probe = new(
        connection, $"INSERT OR REPLACE INTO room (id, bytes) VALUES (1, randomblob({ProbeBytes}))");

    /// <summary>Makes every earlier holder stale.</summary>
    public PoolRow TakeEpoch()
    {
        _takeEpoch.Step();
        var row = _takeEpoch;
        var taken = new PoolRow(row.Int64(), row.Int64(), new StoreIdentity(row.Text(), row.Int64()), row.Int64(), row.Int64() != 0);
        _takeEpoch.Restart();
        return taken;
    }

    public long Epoch()
    {
        _epoch.Step();
        var epoch = _epoch.Int64();
        _epoch.Restart();
        return epoch;
    }

    /// <summary>Gives the commit that runs its number; null: another epoch owns the store.</summary>
    public AcknowledgedCommit? NumberCommit(long epoch)
    {
        if (_numberCommit.Start().Bind(epoch).Run() == 0) return null;
        _commit.Step();
        var commit = Read(_commit);
        _commit.Restart();
        return commit;
    }

    /// <summary>The last commit.</summary>
    public static AcknowledgedCommit ReadCommit(SqliteConnection connection)
    {
        using var row = new Statement(connection, $"SELECT {Commit} FROM pool");
        row.Step();
        return Read(row);
    }

    /// <summary>Goes on after a loss, above everything that was known.</summary>
    public static AcknowledgedCommit BeginGeneration(SqliteConnection connection, AcknowledgedCommit? known, bool adoptIdentity)
    {
        using var begin = new Statement(
            connection,
            "UPDATE pool SET generation = max(generation, ?) + 1, commit_number = max(commit_number, ?) + 1, "
                + "next_number = max(next_number, ?), commit_tag = lower(hex(randomblob(16))), identity = coalesce(?, identity) "
                + $"RETURNING {Commit}");
        begin.Bind(known?.Identity.Generation ?? 0).Bind(known?.Number ?? 0).Bind(known?.NextJobNumber ?? 0)
            .Bind(adoptIdentity ? known?.Identity.Id : null).Step();
        var now = Read(begin);
        // The statement is a transaction of its own, and ends here.
        begin.Restart();
        return now;
    }

    /// <summary>Neither value falls.</summary>
    public void Raise(StoreChange.GenerationRaised raised) =>
        _raise.Start().Bind(raised.Generation).Bind(raised.NextJobNumber).Run();

    /// <summary>Numbers below <paramref name="next"/> are used.</summary>
    public void Reserve(long next) => _reserve.Start().Bind(next).Run();

    /// <summary>Writes, and changes nothing that is read.</summary>
    public void Probe() => _probe.Run();

    private static AcknowledgedCommit Read(Statement row) =>
        new(new StoreIdentity(row.Text(), row.Int64()), row.Int64(), row.Text(), row.Int64());

    public void Dispose()
    {
        _takeEpoch.Dispose();
        _epoch.Dispose();
        _numberCommit.Dispose();
        _commit.Dispose();
        _raise.Dispose();
        _reserve.Dispose();
        _probe.Dispose();
    }
}
