using GpuScheduler.Storage.Sqlite.Tables;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>What one bite of a purge did.</summary>
/// <param name="After">Where the next bite goes on; null: the end was reached.</param>
/// <param name="Removed">Jobs, array elements counted one by one.</param>
public readonly record struct PurgeBite(long? After, int Removed);

/// <summary>
/// Forgets submissions whose jobs have all ended long ago, in bites: each is a short transaction between two commits, whatever
/// the history's size.
/// </summary>
internal sealed class Purge(SqliteConnection connection, TextsTable texts) : IDisposable
{
    private const int Submissions = 200;
    private const int Jobs = 2_000;

    private readonly Statement _next = new(connection, "SELECT number FROM specs WHERE number > ? ORDER BY number LIMIT 1");

    private readonly Statement _young = new(
        connection,
        $"SELECT 1 FROM jobs WHERE number = ? AND (end_time IS NULL OR end_time >= ? OR state NOT IN ({States.Sql(ended: true)})) LIMIT 1");

    private readonly Statement _attempts = new(
        connection, "DELETE FROM attempts WHERE number = ?1 AND idx IN (SELECT idx FROM jobs WHERE number = ?1 ORDER BY idx LIMIT ?2)");

    private readonly Statement _jobs = new(
        connection, "DELETE FROM jobs WHERE number = ?1 AND idx IN (SELECT idx FROM jobs WHERE number = ?1 ORDER BY idx LIMIT ?2)");

    private readonly Statement _spec = new(connection, "DELETE FROM specs WHERE number = ?");

    /// <summary>One bite, after a submission's number; the caller holds the transaction.</summary>
    public PurgeBite Take(long after, DateTimeOffset endedBefore)
    {
        var removed = 0;
        for (var looked = 0; looked < Submissions && removed < Jobs; looked++)
        {
            if (Next(after) is not { } number) return new PurgeBite(null, removed);
            if (!IsOld(number, endedBefore))
            {
                after = number;
                continue;
            }

            var gone = Remove(number, Jobs - removed);
            removed += gone.Jobs;
            // A large array is forgotten over several bites.
            if (gone.IsAll) after = number;
        }

        return new PurgeBite(after, removed);
    }

    public void Dispose()
    {
        _next.Dispose();
        _young.Dispose();
        _attempts.Dispose();
        _jobs.Dispose();
        _spec.Dispose();
    }

    private long? Next(long after)
    {
        long? number = _next.Start().Bind(after).Step() ? _next.Int64() : null;
        _next.Restart();
        return number;
    }

    private bool IsOld(long number, DateTimeOffset endedBefore)
    {
        var young = _young.Start().Bind(number).Bind(endedBefore).Step();
        _young.Restart();
        return !young;
    }

    private (int Jobs, bool IsAll) Remove(long number, int most)
    {
        _attempts.Start().Bind(number).Bind(most).Run();
        var jobs = _jobs.Start().Bind(number).Bind(most).Run();
        if (jobs == most) return (jobs, false);
        texts.Forget(number);
        _spec.Start().Bind(number).Run();
        return (jobs, true);
    }
}
