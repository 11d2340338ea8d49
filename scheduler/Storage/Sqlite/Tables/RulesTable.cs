using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>The one row with the rules in force.</summary>
internal sealed class RulesTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _save = new(
        connection,
        "INSERT INTO rules (id, file, text) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET file = excluded.file, text = excluded.text");

    private readonly Statement _find = new(connection, "SELECT file, text FROM rules");

    public void Save(StoredRules rules) => _save.Start().Bind(rules.File).Bind(rules.Text).Run();

    /// <summary>Null: they were not written down.</summary>
    public StoredRules? Find()
    {
        var found = _find.Step() ? new StoredRules(_find.Text(), _find.Text()) : null;
        _find.Restart();
        return found;
    }

    public void Dispose()
    {
        _save.Dispose();
        _find.Dispose();
    }
}
