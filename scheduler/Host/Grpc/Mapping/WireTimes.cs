using Google.Protobuf.WellKnownTypes;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Times from the wire, which can name moments that no calendar has. Such a one counts as the farthest that there is: Core
/// then refuses it with what is allowed, or leaves it out.</summary>
internal static class WireTimes
{
    public static TimeSpan Span(Duration span)
    {
        var ticks = ((decimal)span.Seconds * TimeSpan.TicksPerSecond) + (span.Nanos / TimeSpan.NanosecondsPerTick);
        return TimeSpan.FromTicks((long)Math.Clamp(ticks, long.MinValue, long.MaxValue));
    }

    public static DateTimeOffset Moment(Timestamp time)
    {
        var ticks = DateTimeOffset.UnixEpoch.Ticks + ((decimal)time.Seconds * TimeSpan.TicksPerSecond)
            + (time.Nanos / TimeSpan.NanosecondsPerTick);
        return new((long)Math.Clamp(ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }
}
