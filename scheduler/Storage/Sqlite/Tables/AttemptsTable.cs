using System.Text.Json;
using GpuScheduler.Core.Model;
using GpuScheduler.Storage.Documents;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>Every attempt ever made.</summary>
internal sealed class AttemptsTable(SqliteConnection connection) : IDisposable
{
    private const string Columns =
        "number, idx, attempt, node, devices, cpu_cores, memory_mib, shares, grant_time, start_time, end_time, resumed_from_step, last_step, " +
        "last_step_time, stop_cause, end_cause, exit_code, signal, lost_work, message, " +
        "previous_end, quick_error, best_step";

    private static readonly byte[] NoDevices = "[]"u8.ToArray();

    // What an attempt holds never changes; only what became of it does.
    private readonly Statement _save = new(
        connection,
        $"INSERT INTO attempts ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) " +
        "ON CONFLICT (number, idx, attempt) DO UPDATE SET start_time = excluded.start_time, end_time = excluded.end_time, " +
        "resumed_from_step = excluded.resumed_from_step, last_step = excluded.last_step, last_step_time = excluded.last_step_time, " +
        "stop_cause = excluded.stop_cause, end_cause = excluded.end_cause, exit_code = excluded.exit_code, signal = excluded.signal, " +
        "lost_work = excluded.lost_work, message = excluded.message, previous_end = excluded.previous_end, " +
        "quick_error = excluded.quick_error, best_step = excluded.best_step");

    private readonly Statement _newest = new(connection, $"SELECT {Columns} FROM attempts WHERE number = ? AND idx = ? AND attempt = ?");

    private readonly Statement _all = new(connection, $"SELECT {Columns} FROM attempts WHERE number = ? AND idx = ? ORDER BY attempt");

    public void Save(Attempt attempt) => _save
        .Start()
        .Bind(attempt.Id.Job.Number)
        .Bind(attempt.Id.Job.Index)
        .Bind(attempt.Id.Number)
        .Bind(attempt.Allocation.Head.Node.Name)
        .Bind(Write(attempt.Allocation.Head.Devices))
        .Bind(attempt.Allocation.Head.CpuCores)
        .Bind(attempt.Allocation.Head.MemoryMib)
        .BindOrNull(ShareDocument.Write(attempt.Allocation))
        .Bind(attempt.GrantTime)
        .Bind(attempt.StartTime)
        .Bind(attempt.EndTime)
        .Bind(attempt.ResumedFromStep)
        .Bind(attempt.LastStep)
        .Bind(attempt.LastStepTime)
        .Bind((int?)attempt.StopCause)
        .Bind((int?)attempt.EndCause)
        .Bind(attempt.ExitCode)
        .Bind(attempt.Signal)
        .Bind(attempt.LostWork?.Ticks)
        .Bind(attempt.Message)
        .Bind((int?)attempt.Origin.PreviousEnd)
        .Bind(attempt.Origin.QuickError)
        .Bind(attempt.Origin.BestStep)
        .Run();

    /// <summary>Null when the job has no attempt of that number.</summary>
    public Attempt? Find(AttemptId id)
    {
        if (!_newest.Start().Bind(id.Job.Number).Bind(id.Job.Index).Bind(id.Number).Step()) return null;
        var attempt = Read(_newest);
        _newest.Restart();
        return attempt;
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Attempt> FindAll(JobId job)
    {
        var attempts = new List<Attempt>();
        _all.Start().Bind(job.Number).Bind(job.Index);
        while (_all.Step())
            attempts.Add(Read(_all));
        return attempts;
    }

    public void Dispose()
    {
        _save.Dispose();
        _newest.Dispose();
        _all.Dispose();
    }

    private static Attempt Read(Statement row) => new(ReadId(row), ReadAllocation(row), row.Time())
    {
        StartTime = row.NullableTime(),
        EndTime = row.NullableTime(),
        ResumedFromStep = row.NullableInt64(),
        LastStep = row.NullableInt64(),
        LastStepTime = row.NullableTime(),
        StopCause = (EndCause?)row.NullableInt32(),
        EndCause = (EndCause?)row.NullableInt32(),
        ExitCode = row.NullableInt32(),
        Signal = row.NullableInt32(),
        LostWork = row.NullableInt64() is { } ticks ? new TimeSpan(ticks) : null,
        Message = row.Text(),
        Origin = new AttemptOrigin((EndCause?)row.NullableInt32(), row.NullableInt32(), row.NullableInt64()),
    };

    private static AttemptId ReadId(Statement row) => new(JobsTable.ReadId(row), row.Int32());

    private static Allocation ReadAllocation(Statement row)
    {
        var plain = new NodeShare(new NodeId(row.Text()), ReadDevices(row.Utf8()), row.Int32(), row.Int64());
        var shares = row.Utf8();
        return shares.IsEmpty ? Allocation.Of(plain) : ShareDocument.Read(shares);
    }

    private static byte[] Write(IReadOnlyList<DeviceShare> devices) => devices.Count == 0
        ? NoDevices
        : JsonSerializer.SerializeToUtf8Bytes([.. devices.Select(device => device.Uuid)], StorageJson.Default.IReadOnlyListString);

    private static IReadOnlyList<DeviceShare> ReadDevices(ReadOnlySpan<byte> json) => json.SequenceEqual(NoDevices)
        ? []
        : [.. (JsonSerializer.Deserialize(json, StorageJson.Default.IReadOnlyListString) ?? []).Select(DeviceShare.Of)];
}
