using Google.Protobuf.WellKnownTypes;

namespace GpuScheduler.Client.Output;

/// <summary>Spans as squeue writes them: 0:05, 12:34, 3:02:01, 2-03:00:00.</summary>
internal static class Durations
{
    public static string Slurm(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
            span = TimeSpan.Zero;

        if (span.Days > 0)
            return $"{span.Days}-{span.Hours:00}:{span.Minutes:00}:{span.Seconds:00}";

        return span.Hours > 0 ? $"{span.Hours}:{span.Minutes:00}:{span.Seconds:00}" : $"{span.Minutes}:{span.Seconds:00}";
    }

    /// <summary>The same for a job or an attempt; "?" where the end lies before the start, as a machine's clock was set back
    /// meanwhile.</summary>
    public static string Of(Timestamp? start, Timestamp? end, DateTimeOffset now) =>
        WentBack(start, end) ? "?" : Slurm(Between(start, end, now));

    /// <summary>The end lies before the start: how long it took is not known.</summary>
    public static bool WentBack(Timestamp? start, Timestamp? end) => start is not null && end is not null && end < start;

    /// <summary>From start to end, or to now while it lasts; zero before the start.</summary>
    public static TimeSpan Between(Timestamp? start, Timestamp? end, DateTimeOffset now) =>
        start is null ? TimeSpan.Zero : (end?.ToDateTimeOffset() ?? now) - start.ToDateTimeOffset();
}
