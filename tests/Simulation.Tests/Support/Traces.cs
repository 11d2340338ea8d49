using System.Reflection;

namespace GpuScheduler.Simulation.Tests.Support;

/// <summary>Public traces, which live beside the checkout and not in it: <c>../shared/traces</c>.</summary>
internal static class Traces
{
    public static string Openb { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "traces", "openb"));

    private static string Root => typeof(Traces).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
}

/// <summary>A test that replays the public openb trace.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenbTheoryAttribute : TheoryAttribute
{
    public OpenbTheoryAttribute()
    {
        if (!Directory.Exists(Traces.Openb))
            Skip = $"the public trace is not in {Traces.Openb}";
    }
}
