using GpuScheduler.Core.Model;
using GpuScheduler.Storage.Documents;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>Machines that were ever part of the pool.</summary>
internal sealed class NodesTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _save = new(
        connection, "INSERT INTO nodes (name, document) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET document = excluded.document");

    private readonly Statement _all = new(connection, "SELECT name, document FROM nodes ORDER BY name");

    public void Save(Node node) => _save.Start().Bind(node.Id.Name).Bind(NodeDocument.Write(node)).Run();

    public IReadOnlyList<Node> All()
    {
        var nodes = new List<Node>();
        while (_all.Step())
            nodes.Add(NodeDocument.Read(new NodeId(_all.Text()), _all.Utf8()));
        return nodes;
    }

    public void Dispose()
    {
        _save.Dispose();
        _all.Dispose();
    }
}
