namespace GpuScheduler.Core.Engine.Phases;

/// <summary>Arithmetic of moments that may not exist.</summary>
internal static class Times
{
    /// <summary>The earlier of two moments; null means never.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? x, DateTimeOffset? y) => x is null || y < x ? y ?? x : x;
}
