using System.Text.RegularExpressions;

namespace GpuScheduler.Architecture.Tests;

/// <summary>What the documents name exists: links, and paths in code spans.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] s_sourceExtensions = [".cs", ".csproj", ".proto", ".props", ".targets"];

    public static TheoryData<string> Documents { get; } =
        [.. Repository.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_somewhere(string document)
    {
        var broken = Link().Matches(Repository.Read(document)).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Select(target => target.Split('#')[0])
            .Where(target => target.Length > 0 && !Repository.Exists(Path.Combine(FolderOf(document), target)));

        Assert.True(!broken.Any(), $"{document} links to what isn't there: {string.Join(", ", broken)}");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_named_exists(string document)
    {
        var missing = CodeSpan().Matches(Repository.Read(document)).Select(match => match.Groups[1].Value).Distinct()
            .Where(span => IsMissingPath(document, span) || IsMissingSource(span));

        Assert.True(!missing.Any(), $"{document} names what isn't there: {string.Join(", ", missing)}");
    }

    /// <summary>What a comparison shows and a pool can't do must not be taken for what a pool does.</summary>
    [Fact]
    public void Every_table_of_compared_policies_says_what_a_pool_can_run()
    {
        var tables = Table().Matches(Repository.Read("docs/results.md")).Select(match => match.Value)
            .Where(table => OursOrTheirs().IsMatch(table))
            .Where(table => !table.StartsWith("| mean JCT", StringComparison.Ordinal));

        Assert.All(tables, table => Assert.Matches("can a pool run it|in a pool", table));
    }

    /// <summary>No compiler reads a document: what two merged versions leave behind would stay.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void No_merge_is_left_half_done(string document)
    {
        var marks = Repository.Read(document).Split('\n').Where(line => MergeMark().IsMatch(line));

        Assert.Empty(marks);
    }

    /// <summary>
    /// A span is a path when its first segment is a folder here: beside the document, above it, or at the root.
    /// It may name a folder, a file, or a type by its file's name.
    /// </summary>
    private static bool IsMissingPath(string document, string span)
    {
        // What lies beside the checkout is not ours to promise.
        if (LeavesTheRepository(document, span))
            return false;
        var path = span.StartsWith("./", StringComparison.Ordinal) ? span[2..] : span;
        // A leading slash is an address or a path of the machine, not of the repository.
        if (!path.Contains('/', StringComparison.Ordinal) || path.StartsWith('/')
            || path.StartsWith("artifacts/", StringComparison.Ordinal))
            return false;
        var first = path[..path.IndexOf('/', StringComparison.Ordinal)];
        var bases = Bases(document).Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder, first))).ToList();
        return bases.Count > 0
            && !bases.Any(folder => Repository.Exists(Path.Combine(folder, path)) || Repository.Exists(Path.Combine(folder, path + ".cs")));
    }

    private static bool IsMissingSource(string span) =>
        !span.Contains('/', StringComparison.Ordinal)
        && s_sourceExtensions.Contains(Path.GetExtension(span))
        && span.Length > Path.GetExtension(span).Length
        && !Repository.Files.Any(path => Path.GetFileName(path) == span);

    private static bool LeavesTheRepository(string document, string span) =>
        span.StartsWith("../", StringComparison.Ordinal)
        && Path.GetRelativePath(Repository.Root, Path.GetFullPath(span, Path.Combine(Repository.Root, FolderOf(document))))
            .StartsWith("..", StringComparison.Ordinal);

    /// <summary>The document's folder, then each one above it.</summary>
    private static IEnumerable<string> Bases(string document)
    {
        for (var folder = FolderOf(document); folder.Length > 0; folder = FolderOf(folder))
            yield return folder;
        yield return string.Empty;
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?:^\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"\bours\b|`srtf`")]
    private static partial Regex OursOrTheirs();

    [GeneratedRegex(@"^(<{7}|={7}|>{7})( |$)")]
    private static partial Regex MergeMark();

    // A path as such: no spaces, placeholders or wildcards.
    [GeneratedRegex(@"`([\w.\-/]+)`")]
    private static partial Regex CodeSpan();
}
