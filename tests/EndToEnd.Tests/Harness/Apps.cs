using System.Diagnostics;

namespace GpuScheduler.EndToEnd.Tests.Harness;

/// <summary>The published programs, as a user has them: <c>./gpusched</c> builds them into <c>artifacts/app</c>.</summary>
internal static class Apps
{
    public static string Root { get; } = FindRoot();

    private static string Folder { get; } = Path.Combine(Root, "artifacts", "app");

    /// <summary>How to start a program; nothing of the test run's own settings leaks into it.</summary>
    public static ProcessStartInfo Command(string program, params string[] arguments)
    {
        var file = Path.Combine(Folder, program);
        if (!File.Exists(file)) throw new FileNotFoundException($"{file} is missing: run ./gpusched version once, it builds the programs");
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment["DOTNET_ROOT"] = File.ReadAllText(Path.Combine(Folder, ".dotnet-root")).Trim();
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList()) start.Environment.Remove(name);
        return start;
    }

    private static bool IsOurs(string variable) =>
        variable is "GPUSCHED_SERVER" or "TRACEPARENT" || variable.StartsWith("OTEL_", StringComparison.Ordinal);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GpuScheduler.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException($"GpuScheduler.sln is nowhere above {AppContext.BaseDirectory}");
        return folder;
    }
}
