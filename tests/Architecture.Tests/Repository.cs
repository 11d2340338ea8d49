namespace GpuScheduler.Architecture.Tests;

/// <summary>The files of this repository, as the tests read them. Paths are relative to its root, with forward slashes.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static readonly string[] s_notOurs = ["artifacts", ".git", "bin", "obj", "TestResults"];

    private static readonly Lazy<IReadOnlyList<string>> s_files = new(() => [.. Walk(Root).Order(StringComparer.Ordinal)]);

    public static IReadOnlyList<string> Files => s_files.Value;

    /// <summary>C# that users run: everything but tests.</summary>
    public static IEnumerable<string> ProductSources => Files.Where(path =>
        path.EndsWith(".cs", StringComparison.Ordinal) && !path.StartsWith("tests/", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Concat(Directory.EnumerateDirectories(folder)
            .Where(inner => !s_notOurs.Contains(Path.GetFileName(inner)))
            .SelectMany(Walk));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GpuScheduler.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds GpuScheduler.sln.");
    }
}
