using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>
/// Brings a store's tables to this scheduler's version. Each migration and the row that says it was done are one
/// transaction: killed in between, the next start goes on where it was.
/// </summary>
internal sealed class Migrator(string path, IReadOnlyList<Migration> migrations, TimeProvider time)
{
    private int Known => migrations[^1].Version;

    /// <returns>The version found; 0 for a new store.</returns>
    /// <exception cref="StoreRefusedException">The store is newer, or belongs to another program.</exception>
    public int Run(SqliteConnection connection)
    {
        var found = Find(connection);
        using var transaction = new Transaction(connection);
        foreach (var migration in migrations.Where(migration => migration.Version > found))
            transaction.Run(() => Apply(connection, migration));
        return found;
    }

    /// <returns>The version found; 0 for a new store. Changes nothing.</returns>
    /// <exception cref="StoreRefusedException">The store is newer, or belongs to another program.</exception>
    public int Find(SqliteConnection connection)
    {
        var found = FindVersion(connection);
        return found <= Known
            ? found
            : throw new StoreRefusedException(
                $"{path}: schema version {found} was written by a newer scheduler; this one knows up to version {Known}: upgrade the "
                    + "scheduler");
    }

    private int FindVersion(SqliteConnection connection)
    {
        if (Connections.Ask(connection, "SELECT name FROM sqlite_schema WHERE name = 'schema_version'") is not null)
            return int.Parse(
                Connections.Ask(connection, "SELECT coalesce(max(version), 0) FROM schema_version")!, CultureInfo.InvariantCulture);
        if (Connections.Ask(connection, "SELECT name FROM sqlite_schema LIMIT 1") is { } foreign)
            throw new StoreRefusedException(
                $"{path}: is a database of another program (it has '{foreign}' but no 'schema_version'); choose another data folder");
        return 0;
    }

    private bool Apply(SqliteConnection connection, Migration migration)
    {
        Connections.Run(
            connection,
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT");
        // ADO.NET here: it runs a text of many statements.
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is an embedded resource.
        command.CommandText = migration.Sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        using var done = new Statement(connection, "INSERT INTO schema_version (version, name, applied_at) VALUES (?, ?, ?)");
        done.Bind(migration.Version).Bind(migration.Name).Bind(time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)).Run();
        return true;
    }
}

/// <summary>One numbered step of the schema's history.</summary>
/// <param name="Version">1, 2, 3 … without gaps.</param>
/// <param name="Name">Its file's name, for people.</param>
/// <param name="Sql">Statements; never changed once released.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    private const string Folder = "Migrations.";

    /// <summary>Those shipped with this scheduler, in order.</summary>
    public static IReadOnlyList<Migration> Shipped { get; } = [.. Read().OrderBy(migration => migration.Version)];

    private static IEnumerable<Migration> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = resource[(resource.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
            yield return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }
}
