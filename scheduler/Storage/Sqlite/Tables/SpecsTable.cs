using GpuScheduler.Core.Model;
using GpuScheduler.Storage.Documents;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>What submissions ask for.</summary>
internal sealed class SpecsTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection, "INSERT INTO specs (number, user_name, tier, document) VALUES (?, ?, ?, ?)");
    private readonly Statement _update = new(connection, "UPDATE specs SET document = ? WHERE number = ?");
    private readonly Statement _find = new(connection, "SELECT document FROM specs WHERE number = ?");

    public void Insert(long number, JobSpec spec) =>
        _insert.Start().Bind(number).Bind(spec.User).Bind(spec.Tier).Bind(SpecDocument.Write(spec)).Run();

    public void Update(long number, JobSpec spec) => _update.Start().Bind(SpecDocument.Write(spec)).Bind(number).Run();

    public JobSpec Find(long number)
    {
        if (!_find.Start().Bind(number).Step()) throw new InvalidOperationException($"job {number} has no specification");
        var spec = SpecDocument.Read(_find.Utf8());
        _find.Restart();
        return spec;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _find.Dispose();
    }
}
