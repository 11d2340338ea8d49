using System.Xml.Linq;

namespace GpuScheduler.Architecture.Tests;

/// <summary>What a project file says about others.</summary>
internal sealed record Project(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    /// <summary>The folder, which names the project: "scheduler/Core".</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    public static IReadOnlyList<Project> All { get; } =
        [.. Repository.Files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Parse)];

    public static Project In(string folder) => All.Single(project => project.Folder == folder);

    private static Project Parse(string path)
    {
        var document = XDocument.Parse(Repository.Read(path));
        return new Project(
            path,
            [.. Included(document, "ProjectReference").Select(reference => FolderOf(path, reference))],
            [.. Included(document, "PackageReference")]);
    }

    private static IEnumerable<string> Included(XDocument document, string item) =>
        document.Descendants(item).Select(element => element.Attribute("Include")?.Value ?? element.Attribute("Update")!.Value);

    private static string FolderOf(string from, string reference)
    {
        const string RootProperty = "$(RepositoryRoot)";
        var forward = reference.Replace('\\', '/');
        var full = forward.StartsWith(RootProperty, StringComparison.Ordinal)
            ? System.IO.Path.Combine(Repository.Root, forward[RootProperty.Length..])
            : System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, System.IO.Path.GetDirectoryName(from)!, forward));
        return System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.GetDirectoryName(full)!).Replace('\\', '/');
    }
}
