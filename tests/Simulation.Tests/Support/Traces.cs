using System.Reflection;
using System.Runtime.CompilerServices;

namespace GpuScheduler.Simulation.Tests.Support;

/// <summary>Public traces, which live beside the checkout and not in it: <c>shared/traces</c>.</summary>
internal static class Traces
{
    public static string Openb { get; } = Folder("openb");

    public static string Gavel { get; } = Folder("gavel");

    public static string Muri { get; } = Folder("muri");

    public static string Shockwave { get; } = Folder("shockwave");

    public static string Faults { get; } = Folder("faults");

    public static string Clusters { get; } = Folder("clusters");

    /// <summary>The first folder that isn't there; null: all are.</summary>
    public static string? Missing => ((string[])[Openb, Gavel, Muri, Shockwave, Faults, Clusters]).FirstOrDefault(
        folder => !Directory.Exists(folder));

    private static string Root => typeof(Traces).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static string Folder(string trace) => Path.GetFullPath(Path.Combine(Root, "..", "shared", "traces", trace));
}

/// <summary>A test that replays a public trace.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TraceTheoryAttribute : TheoryAttribute
{
    public TraceTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Traces.Missing is { } folder)
            Skip = $"needs public data that are not part of the repository (docs/results.md), looked for in {folder}";
    }
}
