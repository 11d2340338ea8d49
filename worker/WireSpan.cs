using Google.Protobuf.WellKnownTypes;

namespace GpuScheduler.Worker;

/// <summary>Reads spans of time from the wire, where any number may stand, as spans that timers and sums can take.</summary>
internal static class WireSpan
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <returns>Zero up to a hundred years; null for none.</returns>
    public static TimeSpan? From(Duration? duration)
    {
        if (duration is null)
            return null;
        var seconds = Math.Clamp(duration.Seconds, 0, (long)Longest.TotalSeconds);
        var ticks = Math.Clamp(duration.Nanos, 0, 999_999_999) / TimeSpan.NanosecondsPerTick;
        return TimeSpan.FromSeconds(seconds) + TimeSpan.FromTicks(ticks);
    }
}
