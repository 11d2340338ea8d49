using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Storage.Documents;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>What earlier runs showed: a row for each family of jobs, overwritten as more is learned.</summary>
internal sealed class FamiliesTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _save = new(
        connection,
        "INSERT INTO families (user_name, project, name, seen, document) VALUES (?, ?, ?, ?, ?) " +
        "ON CONFLICT (user_name, project, name) DO UPDATE SET seen = excluded.seen, document = excluded.document");

    private readonly Statement _forget = new(connection, "DELETE FROM families WHERE user_name = ? AND project = ? AND name = ?");

    private readonly Statement _all = new(
        connection, "SELECT user_name, project, name, seen, document FROM families ORDER BY seen, user_name, project, name");

    public void Save(FamilyFacts facts) =>
        Named(_save, facts.Family).Bind((DateTimeOffset?)facts.Seen).Bind(FamilyDocument.Write(facts)).Run();

    public void Forget(JobFamily family) => Named(_forget, family).Run();

    public IReadOnlyList<FamilyFacts> All()
    {
        var families = new List<FamilyFacts>();
        while (_all.Step())
            families.Add(FamilyDocument.Read(new JobFamily(_all.Text(), _all.Text(), _all.Text()), _all.Time(), _all.Utf8()));
        return families;
    }

    public void Dispose()
    {
        _save.Dispose();
        _forget.Dispose();
        _all.Dispose();
    }

    private static Statement Named(Statement statement, JobFamily family) =>
        statement.Start().Bind(family.User).Bind(family.Project).Bind(family.Name);
}
