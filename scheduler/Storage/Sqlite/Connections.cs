using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Opens connections with the settings that durability rests on.</summary>
internal static class Connections
{
    /// <summary>The only connection that writes. FULL: a commit returns after its fsync, so an acknowledged job survives a
    /// power cut.</summary>
    public static SqliteConnection OpenWriter(string path, SqliteStoreOptions options)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {options.CheckpointPages}"));
        Run(connection, "PRAGMA cache_size = -65536");
        return connection;
    }

    /// <summary>Reads beside the writer and never blocks it.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        Run(connection, "PRAGMA query_only = ON");
        return connection;
    }

    /// <summary>Runs one statement without parameters.</summary>
    public static void Run(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Run();
    }

    /// <summary>The first column of the first row.</summary>
    public static string? Ask(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Step() ? statement.NullableText() : null;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Without pooling: closing must close the files, for backups, tests, and the last connection's checkpoint.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            Run(connection, "PRAGMA busy_timeout = 5000");
            Run(connection, "PRAGMA foreign_keys = ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
