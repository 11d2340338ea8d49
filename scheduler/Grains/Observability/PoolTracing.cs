using System.Diagnostics;

namespace GpuScheduler.Grains.Observability;

/// <summary>Where the pool's spans come from. While no collector is named, no span is made and none is kept.</summary>
public static class PoolTracing
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "GpuScheduler.Pool";

    internal static ActivitySource Source { get; } = new(SourceName);

    /// <summary>What a grain is handed, which can't see its caller's own span; null: the caller isn't traced.</summary>
    public static string? Caller => Activity.Current is { Recorded: true, Id: { } id } ? id : null;
}
