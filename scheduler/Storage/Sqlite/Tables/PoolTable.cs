using GpuScheduler.Core.Storage;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>What the one row says.</summary>
internal sealed record PoolRow(long Epoch, long NextNumber, StoreIdentity Identity, long Commit, bool HasLegacyWorkers);

/// <summary>The one row that says which store this is, whose turn it is and which numbers come next.</summary>
internal sealed class PoolTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _takeEpoch = new(
        connection,
        "UPDATE pool SET epoch = epoch + 1 RETURNING epoch, next_number, identity, generation, commit_number, legacy_workers");

    private readonly Statement _epoch = new(connection, "SELECT epoch FROM pool");

    private readonly Statement _numberCommit = new(
        connection,
        "UPDATE pool SET commit_number = commit_number + 1, commit_tag = lower(hex(randomblob(16))) WHERE epoch = ? "
            + "RETURNING commit_number");

    private readonly Statement _raise = new(
        connection, "UPDATE pool SET generation = max(generation, ?), next_number = max(next_number, ?)");

    private readonly Statement _reserve = new(connection, "UPDATE pool SET next_number = max(next_number, ?)");
    private readonly Statement _probe = new(connection, "UPDATE pool SET probe = probe + 1");

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
    public long? NumberCommit(long epoch)
    {
        long? number = _numberCommit.Start().Bind(epoch).Step() ? _numberCommit.Int64() : null;
        _numberCommit.Restart();
        return number;
    }

    /// <summary>Neither value falls.</summary>
    public void Raise(StoreChange.GenerationRaised raised) =>
        _raise.Start().Bind(raised.Generation).Bind(raised.NextJobNumber).Run();

    /// <summary>Numbers below <paramref name="next"/> are used.</summary>
    public void Reserve(long next) => _reserve.Start().Bind(next).Run();

    /// <summary>Writes, and changes nothing that anybody reads.</summary>
    public void Probe() => _probe.Run();

    public void Dispose()
    {
        _takeEpoch.Dispose();
        _epoch.Dispose();
        _numberCommit.Dispose();
        _raise.Dispose();
        _reserve.Dispose();
        _probe.Dispose();
    }
}
