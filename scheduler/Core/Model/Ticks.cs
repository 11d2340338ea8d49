namespace GpuScheduler.Core.Model;

/// <summary>A moment that may not exist, in eight bytes.</summary>
internal static class Ticks
{
    public const long Never = long.MinValue;

    public static DateTimeOffset? Read(long ticks) => ticks == Never ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    public static long Write(DateTimeOffset? time) => time?.UtcTicks ?? Never;
}
