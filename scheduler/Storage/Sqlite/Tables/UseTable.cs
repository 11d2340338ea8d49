using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>What accounts used: a row each, overwritten as their attempts end.</summary>
internal sealed class UseTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _save = new(
        connection,
        "INSERT INTO use (project, user_name, amount, time) VALUES (?, ?, ?, ?) " +
        "ON CONFLICT (project, user_name) DO UPDATE SET amount = excluded.amount, time = excluded.time");

    private readonly Statement _all = new(connection, "SELECT project, user_name, amount, time FROM use ORDER BY project, user_name");

    public void Save(StoreChange.UseSaved saved) =>
        _save.Start().Bind(saved.Account.Project).Bind(saved.Account.User).Bind(saved.Use).Bind((DateTimeOffset?)saved.Time).Run();

    public IReadOnlyList<StoredUse> All()
    {
        var uses = new List<StoredUse>();
        while (_all.Step())
            uses.Add(new StoredUse(new AccountId(_all.Text(), _all.Text()), _all.Double(), _all.Time()));
        return uses;
    }

    public void Dispose()
    {
        _save.Dispose();
        _all.Dispose();
    }
}
