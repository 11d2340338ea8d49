using System.Text.Json;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>What a pool has done and has to do.</summary>
/// <param name="Nodes">All nodes ever seen and not removed, by name.</param>
/// <param name="Jobs">Ended, running and waiting, in the order of their numbers.</param>
public sealed record StoredHistory(IReadOnlyList<Node> Nodes, IReadOnlyList<StoredJob> Jobs)
{
    /// <summary>Those in force, or that were when the scheduler went; null: it was one that didn't keep them.</summary>
    public StoredRules? Rules { get; init; }
}

/// <summary>
/// Reads a store for those who only look: beside a scheduler that has it open and locked, or without one. Never changes the
/// store, neither its bytes nor its schema; an older schema is brought up to date in a copy that is thrown away.
/// </summary>
public static class HistoryReader
{
    /// <summary>Most jobs that are read, the newest ones.</summary>
    public const int MostJobs = 1_000_000;

    /// <exception cref="StoreRefusedException">There is no store, or it is damaged or of a newer scheduler; the message says what to
    /// do.</exception>
    public static StoredHistory Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = StorePath.Resolve(path);
        if (!File.Exists(file)) throw new StoreRefusedException($"{file}: there is no such store");
        try
        {
            // Untouched files can be read without the helper files that a reader would otherwise leave behind.
            return HasLog(file) || ReadUnlessLogged(file) is not { } history
                ? ReadFrom(file, Connections.OpenObserver(file, immutable: false))
                : history;
        }
        catch (SqliteException fault) when (Faults.IsOutside(fault))
        {
            throw Faults.Refuse(fault, file);
        }
        catch (JsonException unreadable)
        {
            throw Integrity.Damaged(file, unreadable.Message, unreadable);
        }
    }

    private static bool HasLog(string file) => File.Exists(file + "-wal");

    /// <summary>Null when a scheduler began to write in the meantime: what was read may then be of two minds.</summary>
    private static StoredHistory? ReadUnlessLogged(string file)
    {
        try
        {
            var history = ReadFrom(file, Connections.OpenObserver(file, immutable: true));
            return HasLog(file) ? null : history;
        }
        catch (SqliteException) when (HasLog(file))
        {
            return null;
        }
    }

    private static StoredHistory ReadFrom(string file, SqliteConnection connection)
    {
        using (connection)
        {
            var found = new Migrator(file, Migration.Shipped, TimelessProvider.Instance).Find(connection);
            if (found == 0) return new StoredHistory([], []);
            return found == SqlitePoolStore.Version ? ReadTables(connection) : ReadCopy(file, connection);
        }
    }

    private static StoredHistory ReadCopy(string file, SqliteConnection connection)
    {
        var folder = Directory.CreateTempSubdirectory("gpusched-history-");
        try
        {
            var copy = Path.Combine(folder.FullName, Path.GetFileName(file));
            using (var statement = new Statement(connection, "VACUUM INTO ?"))
                statement.Bind(copy).Run();
            using var upgraded = Connections.OpenWriter(copy, new SqliteStoreOptions());
            new Migrator(copy, Migration.Shipped, TimelessProvider.Instance).Run(upgraded);
            return ReadTables(upgraded);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static StoredHistory ReadTables(SqliteConnection connection)
    {
        using var nodes = new NodesTable(connection);
        using var rules = new RulesTable(connection);
        var (all, inForce) = (nodes.All(), rules.Find());
        // It disposes of the connection, too; disposing of it twice is harmless.
        using var finder = new JobFinder(connection);
        StoredJob[] jobs = [.. finder.Find(new JobQuery { Limit = MostJobs }, CancellationToken.None).Reverse()];
        return new StoredHistory(all, jobs) { Rules = inForce };
    }

    /// <summary>When a copy was migrated is of no interest: it is gone at once.</summary>
    private sealed class TimelessProvider : TimeProvider
    {
        public static TimelessProvider Instance { get; } = new();

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
