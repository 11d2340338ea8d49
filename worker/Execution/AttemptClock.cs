using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;

namespace GpuScheduler.Worker.Execution;

/// <summary>
/// Dates one attempt's reports: by the clock as it stood when the attempt began, and from then on by the machine's uptime. So the time
/// between two of them is how long it took, although the clock may have been set meanwhile, and the agent restarted.
/// </summary>
/// <param name="began">Null, or a mark that can't be read: the clock counts, as it stands.</param>
internal sealed class AttemptClock(BeginMark? began, TimeProvider time, Func<TimeSpan>? uptime = null)
{
    private static readonly Lazy<string> Boot = new(ProcFs.BootId);

    private readonly Func<TimeSpan> _uptime = uptime ?? ProcFs.Uptime;
    private readonly DateTimeOffset? _began = Read(began);

    public static BeginMark Mark(TimeProvider time, Func<TimeSpan>? uptime = null) => new()
    {
        Time = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
        UptimeSeconds = (uptime ?? ProcFs.Uptime)().TotalSeconds,
        BootId = Boot.Value,
    };

    public DateTimeOffset Now()
    {
        var clock = time.GetUtcNow();
        if (_began is not { } start)
            return clock;
        var passed = _uptime().TotalSeconds - began!.UptimeSeconds;
        // Another boot's uptime says nothing; but an end never lies before its beginning.
        return began.BootId == Boot.Value && passed >= 0 ? start + TimeSpan.FromSeconds(passed) : clock > start ? clock : start;
    }

    /// <summary>The job could have written anything into its record.</summary>
    private static DateTimeOffset? Read(BeginMark? mark)
    {
        const long year2000 = 946_684_800, year3000 = 32_503_680_000;
        return mark?.Time is { Seconds: > year2000 and < year3000, Nanos: >= 0 and < 1_000_000_000 } time
            && mark.UptimeSeconds is >= 0 and < 1e10
            ? time.ToDateTimeOffset()
            : null;
    }
}
