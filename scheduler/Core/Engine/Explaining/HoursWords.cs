using System.Globalization;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.OpenHours;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Puts the hours of nodes into words, in each node's own time.</summary>
internal static class HoursWords
{
    private static readonly TimeSpan SameDay = TimeSpan.FromHours(20);

    public static NodeAvailability Of(NodeHours hours, DateTimeOffset now) =>
        new(hours.Text, hours.IsOpen, hours.ChangesAt, Condition(hours, now));

    /// <summary>What a node says that takes no work: <c>is available 22:00-07:00 Europe/Berlin, opens in 3 h</c>.</summary>
    public static string WhyClosed(NodeHours hours, DateTimeOffset now) => hours.ChangesAt is { } opening
        ? $"is available {hours.Text}, opens in {Words.Span(Rounded(opening - now))}"
        : $"is available {hours.Text}";

    /// <summary>Why a job is not started on a node that is open.</summary>
    public static string WhyTooShort(NodeSlot slot, JobSpec spec, DateTimeOffset now)
    {
        var closes = $"closes in {Words.Span(Rounded(slot.ClosesAt!.Value - now))} (available {slot.Hours!.Text})";
        return $"{closes}, and {Need(slot.Hours, spec)}{Next(slot.Hours, spec, now)}";
    }

    /// <summary>Why a job is never started on a node.</summary>
    public static string Never(JobSpec spec)
    {
        if (spec.Draft.Checkpoint.Enabled && !spec.Draft.NoRequeue) return "is never open for long enough to save and stop in time";
        return spec.TimeLimit is { } limit
            ? $"is never open for its time limit of {Words.Span(limit)}"
            : "the job has neither --time nor --checkpoint: it is not known whether it could be gone before the closing";
    }

    /// <summary>What an attempt is told that has to go.</summary>
    public static string WhyStopped(NodeSlot slot, NodeHours hours) => hours.ClosesAt is { } closing
        ? $"{slot.Node.Id} closes at {Clock(hours, closing)} (available {hours.Text})"
        : $"{slot.Node.Id} is closed (available {hours.Text})";

    /// <summary>What becomes of a running job.</summary>
    public static string WhenItCloses(NodeHours hours, DateTimeOffset now) =>
        hours.ClosesAt is { } closing
            ? $"; its node closes in {Words.Span(Rounded(closing - now))}, and what still runs is stopped in time"
            : "";

    private static string Condition(NodeHours hours, DateTimeOffset now) => (hours.IsOpen, hours.ChangesAt) switch
    {
        (true, { } closing) => $"open until {Clock(hours, closing, now)} {hours.Zone.Id}",
        (true, null) => "",
        (false, { } opening) => $"closed until {Clock(hours, opening, now)} {hours.Zone.Id}",
        (false, null) => "closed",
    };

    private static string Need(NodeHours hours, JobSpec spec)
    {
        if (spec.Draft.Checkpoint.Enabled && !spec.Draft.NoRequeue) return "that is too soon to save and stop in time";
        return spec.TimeLimit is { } limit
            ? $"with its time limit of {Words.Span(limit)} the job could not be gone by then"
            : hours.IsEstimated(spec)
                ? "by earlier runs, which say nothing certain, the job would not be gone by then"
                : "the job has neither --time nor --checkpoint: it is not known whether it could be gone by then";
    }

    private static string Next(NodeHours hours, JobSpec spec, DateTimeOffset now) => hours.FirstStart(spec, now) is { } start
        ? $"; it could start there in {Words.Span(Rounded(start - now))}"
        : "; it is never open for long enough";

    private static string Clock(NodeHours hours, DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, hours.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>With the day, where the hour alone could be any day's.</summary>
    private static string Clock(NodeHours hours, DateTimeOffset time, DateTimeOffset now) => time - now < SameDay
        ? Clock(hours, time)
        : TimeZoneInfo.ConvertTime(time, hours.Zone).ToString("ddd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Up to whole minutes: seconds are of no use to people here.</summary>
    private static TimeSpan Rounded(TimeSpan span) => TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(span.TotalMinutes)));
}
