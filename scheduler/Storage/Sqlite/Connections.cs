using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Opens connections with the settings that durability rests on.</summary>
internal static class Connections
{
    private const int CacheKib = 65_536;
    private const int PageBytes = 4_096;

    // Readers wait only while another connection recovers or removes the log.
    private const int ReaderPatienceMilliseconds = 5_000;

    /// <summary>The only connection that writes. FULL: a commit returns after its fsync, so an acknowledged job survives a
    /// power cut.</summary>
    public static SqliteConnection OpenWriter(string path, SqliteStoreOptions options)
    {
        var isNew = !File.Exists(path);
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        // Only a database without pages hears it; room that is no longer needed can then be given back a little at a time.
        if (isNew) Run(connection, "PRAGMA auto_vacuum = INCREMENTAL");
        Set(connection, "busy_timeout", (long)options.BusyTimeout.TotalMilliseconds);
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        Set(connection, "wal_autocheckpoint", options.CheckpointPages);
        // A large commit may take the log far beyond; the next round gives the room back.
        Set(connection, "journal_size_limit", 2L * options.CheckpointPages * PageBytes);
        Set(connection, "cache_size", -CacheKib);
        if (options.MaxPages > 0) Set(connection, "max_page_count", options.MaxPages);
        return connection;
    }

    /// <summary>Reads beside the writer and never blocks it.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = OpenCopier(path);
        Run(connection, "PRAGMA query_only = ON");
        return connection;
    }

    /// <summary>As a reader, but may write a copy elsewhere.</summary>
    public static SqliteConnection OpenCopier(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        Set(connection, "busy_timeout", ReaderPatienceMilliseconds);
        return connection;
    }

    /// <summary>Can't write at all.</summary>
    /// <param name="path">The store.</param>
    /// <param name="immutable">No other program writes either: then SQLite leaves no file beside the store.</param>
    public static SqliteConnection OpenObserver(string path, bool immutable)
    {
        var connection = Open(immutable ? new Uri(path).AbsoluteUri + "?immutable=1" : path, SqliteOpenMode.ReadOnly);
        Set(connection, "busy_timeout", ReaderPatienceMilliseconds);
        return connection;
    }

    /// <summary>False: closing leaves the log as it is, as evidence.</summary>
    public static void CheckpointOnClose(SqliteConnection connection, bool wanted) => SqliteException.ThrowExceptionForRC(
        raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, wanted ? 0 : 1, out _), connection.Handle);

    /// <summary>Copies the log into the database and begins it anew; where there is no room for that, it stays.</summary>
    public static void TryRestartLog(SqliteConnection connection)
    {
        try
        {
            Run(connection, "PRAGMA wal_checkpoint(RESTART)");
        }
        catch (SqliteException fault) when (Faults.IsOutside(fault))
        {
            // The first commit will say what is wrong.
        }
    }

    /// <summary>Gives free pages back to the disk, at most so many; returns how many are left. A database that was made by an early
    /// version keeps its free pages, and uses them again.</summary>
    public static long GiveBack(SqliteConnection connection, int pages)
    {
        // A row for each page.
        using (var vacuum = new Statement(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({pages})")))
            while (vacuum.Step())
            {
            }

        if (Ask(connection, "PRAGMA auto_vacuum") == "0") return 0;
        return long.Parse(Ask(connection, "PRAGMA freelist_count")!, CultureInfo.InvariantCulture);
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

    private static void Set(SqliteConnection connection, string pragma, long value) =>
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA {pragma} = {value}"));

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Without pooling: closing must close the files, for backups, tests, and the last connection's checkpoint.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
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
