using GpuScheduler.Core.Model;
using GpuScheduler.Storage.Documents;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>One row a job or array element.</summary>
internal sealed class JobsTable(SqliteConnection connection) : IDisposable
{
    /// <summary>In the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns =
        "j.number, j.idx, j.submit_time, j.state, j.reason, j.reason_text, j.eligible_time, j.attempt, j.failures, j.launch_failures, " +
        "j.checkpoints, j.start_time, j.end_time, j.exit_code, j.signal, j.acts";

    private static readonly Dictionary<Reason, string> ReasonNames = Enum.GetValues<Reason>().ToDictionary(
        reason => reason, reason => reason.ToString());

    private readonly Statement _insert = new(
        connection,
        "INSERT INTO jobs (state, reason, reason_text, eligible_time, attempt, failures, launch_failures, checkpoints, start_time, " +
        "end_time, exit_code, signal, acts, turned_in, number, idx, submit_time) " +
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly Statement _update = new(
        connection,
        "UPDATE jobs SET state = ?, reason = ?, reason_text = ?, eligible_time = ?, attempt = ?, failures = ?, launch_failures = ?, " +
        "checkpoints = ?, start_time = ?, end_time = ?, exit_code = ?, signal = ?, acts = ?, " +
        $"turned_in = CASE WHEN (state IN ({States.Sql(ended: true)})) <> ? THEN ? ELSE turned_in END WHERE number = ? AND idx = ?");

    /// <param name="job">The job.</param>
    /// <param name="commit">The number of the commit that adds it.</param>
    public void Insert(Job job, long commit) =>
        Bind(_insert, job).Bind(job.State.IsEnded() ? commit : 0).Bind(job.Id.Number).Bind(job.Id.Index).Bind(job.SubmitTime).Run();

    /// <param name="job">The job.</param>
    /// <param name="commit">The number of the commit that changes it.</param>
    public void Update(Job job, long commit)
    {
        var update = Bind(_update, job).Bind(job.State.IsEnded() ? 1 : 0).Bind(commit);
        if (update.Bind(job.Id.Number).Bind(job.Id.Index).Run() == 0)
            throw new InvalidOperationException($"job {job.Id} was saved but never added");
    }

    /// <summary>Reads a row's id.</summary>
    public static JobId ReadId(Statement row) => new(row.Int64(), row.Int32());

    /// <summary>Reads the rest of the row; the newest attempt is left to the caller.</summary>
    public static Job Read(Statement row, JobId id, JobSpec spec) => new(id, spec, row.Time())
    {
        State = (JobState)row.Int32(),
        Reason = row.NullableText() is { } name ? Enum.Parse<Reason>(name) : null,
        ReasonText = row.Text(),
        EligibleTime = row.NullableTime(),
        AttemptNumber = row.Int32(),
        Failures = row.Int32(),
        LaunchFailures = row.Int32(),
        Checkpoints = CheckpointDocument.Read(row.Utf8()),
        StartTime = row.NullableTime(),
        EndTime = row.NullableTime(),
        ExitCode = row.NullableInt32(),
        Signal = row.NullableInt32(),
        Acts = ActDocument.Read(row.Utf8()),
    };

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
    }

    private static Statement Bind(Statement statement, Job job) => statement
        .Start()
        .Bind((int)job.State)
        .Bind(job.Reason is { } reason ? ReasonNames[reason] : null)
        .Bind(job.ReasonText)
        .Bind(job.EligibleTime)
        .Bind(job.AttemptNumber)
        .Bind(job.Failures)
        .Bind(job.LaunchFailures)
        .Bind(CheckpointDocument.Write(job.Checkpoints))
        .Bind(job.StartTime)
        .Bind(job.EndTime)
        .Bind(job.ExitCode)
        .Bind(job.Signal)
        .BindOrNull(ActDocument.Write(job.Acts));
}
