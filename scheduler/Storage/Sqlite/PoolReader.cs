using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Reads what a pool starts from.</summary>
internal sealed class PoolReader(SqliteConnection connection, ChangeWriter tables)
{
    public StoredPool Read(PoolRow pool) =>
        new(pool.Epoch, pool.NextNumber, ReadJobs(), ReadEnded(), tables.Nodes.All(), tables.Keys.All())
        {
            Identity = pool.Identity, Commit = pool.Commit, HasLegacyWorkers = pool.HasLegacyWorkers, Openings = tables.Openings.All(),
            Uses = tables.Use.All(), Families = tables.Families.All(),
        };

    private List<Job> ReadJobs()
    {
        using var rows = new Statement(
            connection, $"SELECT {JobsTable.Columns} FROM jobs j WHERE j.state IN ({States.Sql(ended: false)}) ORDER BY j.number, j.idx");
        var specs = new SpecCache(tables.Specs);
        var jobs = new List<Job>();
        while (rows.Step())
        {
            var id = JobsTable.ReadId(rows);
            var job = JobsTable.Read(rows, id, specs.Find(id.Number));
            if (job.AttemptNumber > 0) job.Attempt = tables.Attempts.Find(new AttemptId(id, job.AttemptNumber));
            jobs.Add(job);
        }

        return jobs;
    }

    private List<EndedJob> ReadEnded()
    {
        using var rows = new Statement(
            connection, $"SELECT number, idx, state FROM jobs WHERE state IN ({States.Sql(ended: true)}) ORDER BY state, number, idx");
        var ended = new List<EndedJob>();
        while (rows.Step())
            ended.Add(new EndedJob(JobsTable.ReadId(rows), (JobState)rows.Int32()));
        return ended;
    }
}
