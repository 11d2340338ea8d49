using GpuScheduler.Core.Storage;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>A row for each time that the store was opened for work.</summary>
internal sealed class OpeningsTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _add = new(
        connection, "INSERT INTO openings (epoch, mark, first_commit) VALUES (?, lower(hex(randomblob(8))), ?)");

    private readonly Statement _all = new(connection, "SELECT mark, first_commit FROM openings ORDER BY epoch");

    public void Add(PoolRow pool) => _add.Start().Bind(pool.Epoch).Bind(pool.Commit + 1).Run();

    public IReadOnlyList<OpeningMark> All()
    {
        var openings = new List<OpeningMark>();
        while (_all.Step()) openings.Add(new OpeningMark(_all.Text(), _all.Int64()));
        return openings;
    }

    public void Dispose()
    {
        _add.Dispose();
        _all.Dispose();
    }
}
