using System.Text.Json;
using GpuScheduler.Core.Model;
using GpuScheduler.Storage.Documents;
using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite.Tables;

/// <summary>Every attempt ever made.</summary>
internal sealed class AttemptsTable(SqliteConnection connection) : IDisposable
{
    private const string Columns =
        "number, idx, attempt, node, devices, cpu_cores, memory_mib, shares, grant_time, start_time, end_time, resumed_from_step, "
            + "last_step, " +
        "last_step_time, stop_cause, end_cause, exit_code, signal, lost_work, message, " +
        "previous_end, quick_error, best_step, attained_before, kept_before";

    private static readonly byte[] NoDevices = "[]"u8.ToArray();

    // What an attempt holds never changes; only what became of it does.
    private readonly Statement _save = new(
        connection,
        $"INSERT INTO attempts ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) " +
        "ON CONFLICT (number, idx, attempt) DO UPDATE SET shares = excluded.shares, start_time = excluded.start_time, end_time = "
            + "excluded.end_time, " +
        "resumed_from_step = excluded.resumed_from_step, last_step = excluded.last_step, last_step_time = excluded.last_step_time, " +
        "stop_cause = excluded.stop_cause, end_cause = excluded.end_cause, exit_code = excluded.exit_code, signal = excluded.signal, " +
        "lost_work = excluded.lost_work, message = excluded.message, previous_end = excluded.previous_end, " +
        "quick_error = excluded.quick_error, best_step = excluded.best_step, attained_before = excluded.attained_before, kept_before = "
            + "excluded.kept_before");

    private readonly Statement _newest = new(connection, $"SELECT {Columns} FROM attempts WHERE number = ? AND idx = ? AND attempt = ?");

    private readonly Statement _last = new(
        connection, $"SELECT {Columns} FROM attempts WHERE number = ? AND idx = ? ORDER BY attempt DESC LIMIT ?");

    public void Save(Attempt attempt) => _save
        .Start()
        .Bind(attempt.Id.Job.Number)
        .Bind(attempt.Id.Job.Index)
        .Bind(attempt.Id.Number)
        .Bind(attempt.Allocation.Head.Node.Name)
        .Bind(Write(attempt.Allocation.Head.Devices))
        .Bind(attempt.Allocation.Head.CpuCores)
        .Bind(attempt.Allocation.Head.MemoryMib)
        .BindOrNull(ShareDocument.Write(attempt))
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
        .Bind(attempt.Origin.Attained.Ticks)
        .Bind(attempt.Origin.Kept.Ticks)
        .Run();

    /// <summary>Null when the job has no attempt of that number.</summary>
    public Attempt? Find(AttemptId id)
    {
        if (!_newest.Start().Bind(id.Job.Number).Bind(id.Job.Index).Bind(id.Number).Step()) return null;
        var attempt = Read(_newest);
        _newest.Restart();
        return attempt;
    }

    /// <summary>At most so many, oldest first.</summary>
    public IReadOnlyList<Attempt> FindNewest(JobId job, int most)
    {
        var attempts = new List<Attempt>();
        _last.Start().Bind(job.Number).Bind(job.Index).Bind(most);
        while (_last.Step())
            attempts.Add(Read(_last));
        attempts.Reverse();
        return attempts;
    }

    public void Dispose()
    {
        _save.Dispose();
        _newest.Dispose();
        _last.Dispose();
    }

    private static Attempt Read(Statement row)
    {
        var id = ReadId(row);
        var plain = new NodeShare(new NodeId(row.Text()), ReadDevices(row.Utf8()), row.Int32(), row.Int64());
        var shares = row.Utf8() is { IsEmpty: false } json ? ShareDocument.Read(json) : [];
        var attempt = Fill(
            row,
            new Attempt(
                id,
                shares.Length == 0
                    ? Allocation.Of(plain)
                    : new Allocation([.. shares.Select(share => share.ToShare())]) { MeetingPort = shares[0].MeetingPort }, row.Time()));
        for (var rank = 0; rank < attempt.Ranks.Count; rank++) shares[rank].WriteTo(attempt.Ranks[rank]);
        return attempt;
    }

    // In the columns' order.
    private static Attempt Fill(Statement row, Attempt attempt)
    {
        attempt.StartTime = row.NullableTime();
        attempt.EndTime = row.NullableTime();
        attempt.ResumedFromStep = row.NullableInt64();
        attempt.LastStep = row.NullableInt64();
        attempt.LastStepTime = row.NullableTime();
        attempt.StopCause = (EndCause?)row.NullableInt32();
        attempt.EndCause = (EndCause?)row.NullableInt32();
        attempt.ExitCode = row.NullableInt32();
        attempt.Signal = row.NullableInt32();
        attempt.LostWork = row.NullableInt64() is { } ticks ? new TimeSpan(ticks) : null;
        attempt.Message = row.Text();
        attempt.Origin = new AttemptOrigin((EndCause?)row.NullableInt32(), row.NullableInt32(), row.NullableInt64())
        {
            Attained = new TimeSpan(row.Int64()),
            Kept = new TimeSpan(row.Int64()),
        };
        return attempt;
    }

    private static AttemptId ReadId(Statement row) => new(JobsTable.ReadId(row), row.Int32());

    private static byte[] Write(IReadOnlyList<DeviceShare> devices) => devices.Count == 0
        ? NoDevices
        : JsonSerializer.SerializeToUtf8Bytes([.. devices.Select(device => device.Uuid)], StorageJson.Default.IReadOnlyListString);

    private static IReadOnlyList<DeviceShare> ReadDevices(ReadOnlySpan<byte> json) => json.SequenceEqual(NoDevices)
        ? []
        : [.. (JsonSerializer.Deserialize(json, StorageJson.Default.IReadOnlyListString) ?? []).Select(DeviceShare.Of)];
}
