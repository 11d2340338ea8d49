using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Common.Time;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Submission;

/// <summary>What the clock of the one who calls shows, now and later: the scheduler needs no time zone data to read "18:00".</summary>
internal static class SubmitterClock
{
    /// <summary>Further ahead than any deadline that makes sense.</summary>
    private const int Years = 10;

    /// <summary>The clock minus UTC, now.</summary>
    public static int OffsetMinutes(ClientContext context) => (int)context.Time.GetLocalNow().Offset.TotalMinutes;

    /// <summary>Of a submission: only where it says something, for a deadline.</summary>
    public static IReadOnlyList<ClockChange> Changes(IReadOnlyList<SubmissionDraft> drafts, ClientContext context) =>
        drafts.All(draft => draft.Spec.Deadline.Length == 0) ? [] : Changes(context);

    public static IReadOnlyList<ClockChange> Changes(ClientContext context) =>
        [.. ZoneChanges.Ahead(context.Time.LocalTimeZone, context.Time.GetUtcNow(), Years).Select(change => new ClockChange
        {
            At = Timestamp.FromDateTimeOffset(change.At), UtcOffsetMinutes = (int)change.Offset.TotalMinutes,
        })];

    /// <summary>What to say when the zone asked for is not known here, or null: .NET takes UTC then, without a word.</summary>
    public static string? Unknown(JobSpec spec, ClientContext context)
    {
        var wanted = context.Variable("TZ").TrimStart(':');
        return spec.Deadline.Length == 0 || wanted.Length == 0 || TimeZoneInfo.TryFindSystemTimeZoneById(wanted, out _)
            ? null
            : $"TZ={wanted}: this machine knows no such time zone (a name such as Europe/Berlin; are the data there, package tzdata?): "
                + "a deadline without an offset is read as UTC";
    }
}
