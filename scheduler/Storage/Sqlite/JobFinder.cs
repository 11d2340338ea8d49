using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Finds jobs in history on a connection of its own. Not for two threads at once.</summary>
internal sealed class JobFinder(SqliteConnection connection) : IDisposable
{
    private readonly SpecsTable _specs = new(connection);
    private readonly AttemptsTable _attempts = new(connection);
    private readonly TextsTable _texts = new(connection);

    /// <summary>One consistent view: a job and its attempts are of the same moment.</summary>
    public IReadOnlyList<StoredJob> Find(JobQuery query, CancellationToken cancellationToken)
    {
        Connections.Run(connection, "BEGIN");
        try
        {
            return Read(query, cancellationToken);
        }
        finally
        {
            Connections.Run(connection, "ROLLBACK");
        }
    }

    /// <summary>A long script; null: no submission refers to it.</summary>
    public string? FindText(string hash) => _texts.Find(hash);

    public void Dispose()
    {
        _specs.Dispose();
        _attempts.Dispose();
        _texts.Dispose();
        connection.Dispose();
    }

    private List<StoredJob> Read(JobQuery query, CancellationToken cancellationToken)
    {
        using var rows = new Statement(connection, JobQuerySql.Write(query));
        JobQuerySql.Bind(rows, query);
        var specs = new SpecCache(_specs);
        var found = new List<StoredJob>();
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Add(ReadJob(rows, specs, query.Attempts));
        }

        return found;
    }

    private StoredJob ReadJob(Statement row, SpecCache specs, int most)
    {
        var id = JobsTable.ReadId(row);
        var job = JobsTable.Read(row, id, specs.Find(id.Number));
        var attempts = job.AttemptNumber == 0 || most == 0 ? [] : _attempts.FindNewest(id, most);
        job.Attempt = attempts.LastOrDefault(attempt => attempt.Id.Number == job.AttemptNumber);
        return new StoredJob(job, attempts);
    }
}

/// <summary>The SQL of a <see cref="JobQuery"/>. Newest first means the order of the tables' own keys, so a limited query stops
/// early instead of sorting a million jobs.</summary>
internal static class JobQuerySql
{
    public static string Write(JobQuery query)
    {
        var bySpec = query.User.Length > 0 || query.Tier.Length > 0 || query.Name.Length > 0;
        var source = bySpec ? "specs s CROSS JOIN jobs j ON j.number = s.number" : "jobs j";
        var (first, direction) = (bySpec ? "s" : "j", query.OldestFirst ? "ASC" : "DESC");
        var order = $"{first}.number {direction}, j.idx {direction}";
        var filters = Filters(query).ToList();
        var where = filters.Count == 0 ? "" : " WHERE " + string.Join(" AND ", filters);
        return string.Create(
            CultureInfo.InvariantCulture, $"SELECT {JobsTable.Columns} FROM {source}{where} ORDER BY {order} LIMIT {query.Limit}");
    }

    /// <summary>In the order of the question marks.</summary>
    public static void Bind(Statement statement, JobQuery query)
    {
        if (query.Ids.Count > 0)
        {
            statement.Bind(List(query.Ids.Select(id => $"{id.Number}")));
            statement.Bind(List(query.Ids.Where(id => !IsExact(id, query)).Select(id => $"{id.Number}")));
            statement.Bind(List(query.Ids.Where(id => IsExact(id, query)).Select(id => $"[{id.Number},{id.Index}]")));
        }

        if (query.User.Length > 0) statement.Bind(query.User);
        if (query.Tier.Length > 0) statement.Bind(query.Tier);
        if (query.Name.Length > 0) statement.Bind(query.Name);
    }

    private static bool IsExact(JobId id, JobQuery query) => id.IsElement || query.ExactIds;

    private static IEnumerable<string> Filters(JobQuery query)
    {
        if (query.Ids.Count > 0)
        {
            yield return "j.number IN (SELECT value FROM json_each(?))";
            yield return "(j.number IN (SELECT value FROM json_each(?)) OR (j.number, j.idx) IN (SELECT value ->> 0, value ->> 1 FROM "
                + "json_each(?)))";
        }

        if (query.User.Length > 0) yield return "s.user_name = ?";
        if (query.Tier.Length > 0) yield return "s.tier = ?";
        if (query.Name.Length > 0) yield return "s.document ->> '$.name' = ?";
        if (query.States.Count > 0) yield return StateFilter(query.States);
        if (query.After is { } after) yield return Bound(">", after);
        if (query.Before is { } before) yield return Bound("<", before);
        if (query.EndedOnly) yield return StateFilter(Enum.GetValues<JobState>().Where(state => state.IsEnded()).ToList());
        if (query.EndedAt is { } then) yield return EndedAt(then);
        if (query.TurnedAfter is { } turned) yield return TurnedAfter(turned);
    }

    // The second half says that the index, which has no other rows, will do.
    private static string TurnedAfter(long commit) => string.Create(
        CultureInfo.InvariantCulture, $"j.turned_in > {commit} AND j.turned_in > 0");

    /// <summary>Ended and not since, or since and so not ended.</summary>
    private static string EndedAt(long commit) => string.Create(
        CultureInfo.InvariantCulture, $"(+j.state IN ({States.Sql(ended: true)})) = (+j.turned_in <= {commit})");

    // Few jobs live, so their states are worth an index; most have ended, and reading them in order beats sorting (the plus
    // keeps SQLite from the index).
    private static string StateFilter(IReadOnlyList<JobState> states) =>
        $"{(states.Any(state => state.IsEnded()) ? "+" : "")}j.state IN ({States.Sql(states)})";

    /// <summary>The number alone as well: it is what the tables' keys begin with.</summary>
    private static string Bound(string direction, JobId id) => string.Create(
        CultureInfo.InvariantCulture,
        $"j.number {direction}= {id.Number} AND (j.number, j.idx) {direction} ({id.Number}, {id.Index})");

    private static string List(IEnumerable<string> items) => $"[{string.Join(',', items)}]";
}
