using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Runs work in one write transaction: all of it, or nothing.</summary>
internal sealed class Transaction(SqliteConnection connection) : IDisposable
{
    private readonly Statement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly Statement _commit = new(connection, "COMMIT");
    private readonly Statement _rollback = new(connection, "ROLLBACK");

    public T Run<T>(Func<T> work)
    {
        _begin.Run();
        try
        {
            var result = work();
            _commit.Run();
            return result;
        }
        catch
        {
            // On a full disk or an I/O error SQLite has rolled back by itself.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0) _rollback.Run();
            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }
}
