using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>Long scripts by their hash, and which submissions refer to them.</summary>
internal sealed class TextsTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection, "INSERT OR IGNORE INTO texts (hash, text) VALUES (?, ?)");
    private readonly Statement _refer = new(connection, "INSERT INTO spec_texts (number, hash) VALUES (?, ?)");
    private readonly Statement _find = new(connection, "SELECT text FROM texts WHERE hash = ?");
    private readonly Statement _unrefer = new(connection, "DELETE FROM spec_texts WHERE number = ? RETURNING hash");

    private readonly Statement _sweep = new(
        connection, "DELETE FROM texts WHERE hash = ?1 AND NOT EXISTS (SELECT 1 FROM spec_texts WHERE hash = ?1)");

    /// <summary>Keeps the text for a submission.</summary>
    public void Keep(long number, string hash, string text)
    {
        _insert.Start().Bind(hash).Bind(text).Run();
        _refer.Start().Bind(number).Bind(hash).Run();
    }

    public string? Find(string hash)
    {
        var text = _find.Start().Bind(hash).Step() ? _find.Text() : null;
        _find.Restart();
        return text;
    }

    /// <summary>The submission is forgotten, and its text with it unless another refers to it, too.</summary>
    public void Forget(long number)
    {
        var hash = _unrefer.Start().Bind(number).Step() ? _unrefer.Text() : null;
        _unrefer.Restart();
        if (hash is not null) _sweep.Start().Bind(hash).Run();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _refer.Dispose();
        _find.Dispose();
        _unrefer.Dispose();
        _sweep.Dispose();
    }
}
