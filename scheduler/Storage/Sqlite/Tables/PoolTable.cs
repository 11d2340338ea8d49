using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>The one row that says whose turn it is and which job number comes next.</summary>
internal sealed class PoolTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _takeEpoch = new(connection, "UPDATE pool SET epoch = epoch + 1 RETURNING epoch, next_number");
    private readonly Statement _epoch = new(connection, "SELECT epoch FROM pool");
    private readonly Statement _reserve = new(connection, "UPDATE pool SET next_number = max(next_number, ?)");
    private readonly Statement _probe = new(connection, "UPDATE pool SET probe = probe + 1");

    /// <summary>Makes every earlier holder stale.</summary>
    public (long Epoch, long NextNumber) TakeEpoch()
    {
        _takeEpoch.Step();
        var taken = (_takeEpoch.Int64(), _takeEpoch.Int64());
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

    /// <summary>Numbers below <paramref name="next"/> are used.</summary>
    public void Reserve(long next) => _reserve.Start().Bind(next).Run();

    /// <summary>Writes, and changes nothing that anybody reads.</summary>
    public void Probe() => _probe.Run();

    public void Dispose()
    {
        _takeEpoch.Dispose();
        _epoch.Dispose();
        _reserve.Dispose();
        _probe.Dispose();
    }
}
