using System.Reflection;

namespace GpuScheduler.Host.Startup;

/// <summary>The scheduler's version, as clients and logs show it.</summary>
public sealed record ProductVersion(string Text)
{
    /// <summary>The version this assembly was built as.</summary>
    public static ProductVersion Current { get; } =
        new(
            typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
                ?? "unknown");
}
