using GpuScheduler.Core.Storage;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>Idempotency keys of recent submissions.</summary>
internal sealed class KeysTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(
        connection,
        "INSERT INTO keys (key, number, elements, tier, tier_derived_from) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET " +
        "number = excluded.number, elements = excluded.elements, tier = excluded.tier, tier_derived_from = excluded.tier_derived_from");

    // Sequence numbers have no gaps, so the newest hundred thousand are a range.
    private readonly Statement _trim = new(connection, "DELETE FROM keys WHERE sequence <= (SELECT max(sequence) FROM keys) - ?");

    private readonly Statement _all = new(connection, "SELECT key, number, elements, tier, tier_derived_from FROM keys ORDER BY sequence");

    public void Insert(StoredKey key) =>
        _insert.Start().Bind(key.Key).Bind(key.Number).Bind(key.Elements).Bind(key.Tier).Bind(key.TierDerivedFrom).Run();

    /// <summary>Forgets all but the newest <paramref name="kept"/>.</summary>
    public void Trim(int kept) => _trim.Start().Bind(kept).Run();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<StoredKey> All()
    {
        var keys = new List<StoredKey>();
        while (_all.Step())
            keys.Add(new StoredKey(_all.Text(), _all.Int64(), _all.Int32(), _all.Text(), _all.NullableText()));
        return keys;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _trim.Dispose();
        _all.Dispose();
    }
}
