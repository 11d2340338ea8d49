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

    private static readonly char[] Letters =
        [.. Enumerable.Range('A', 26).Concat(Enumerable.Range('a', 26)).Select(letter => (char)letter)];

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

    /// <summary>What to say when the zone asked for is not read here, or null: .NET takes UTC then, without a word.</summary>
    public static string? Unknown(JobSpec spec, ClientContext context)
    {
        var wanted = context.Variable("TZ").TrimStart(':');
        if (spec.Deadline.Length == 0 || wanted.Length == 0 || IsRead(wanted))
            return null;

        var why = IsPosixRule(wanted)
            ? "a rule in POSIX form is not read here (name a zone, such as Europe/Berlin)"
            : Path.IsPathRooted(wanted)
            ? "there is no such file of time zone data"
            : "this machine knows no such time zone (a name such as Europe/Berlin; are the data there, package tzdata?)";
        return $"TZ={wanted}: {why}: a deadline without an offset is read as UTC";
    }

    private static bool IsRead(string zone) =>
        Path.IsPathRooted(zone) ? IsZoneFile(zone) : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    private static bool IsZoneFile(string path)
    {
        try
        {
            Span<byte> start = stackalloc byte[4];
            using var file = File.OpenRead(path);
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("TZif"u8);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary><c>CET-1CEST,M3.5.0,M10.5.0/3</c>, <c>&lt;+03&gt;-3</c>: a name, then how far it is from UTC.</summary>
    private static bool IsPosixRule(string zone)
    {
        var offset = zone.StartsWith('<') ? zone[(zone.IndexOf('>', StringComparison.Ordinal) + 1)..] : zone.TrimStart(Letters);
        return zone.Length - offset.Length >= 3 && offset.TrimStart('+', '-') is [>= '0' and <= '9', ..];
    }
}
