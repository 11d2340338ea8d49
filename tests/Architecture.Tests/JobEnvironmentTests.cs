using System.Text.RegularExpressions;

namespace GpuScheduler.Architecture.Tests;

/// <summary>Every variable that the worker sets in a job is explained to its user.</summary>
public sealed partial class JobEnvironmentTests
{
    private const string Document = "docs/environment.md";

    [Fact]
    public void Every_variable_of_a_job_is_documented()
    {
        var text = Repository.Read(Document);
        var set = Repository.Files
            .Where(path => path.StartsWith("worker/Execution/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(path => Assigned().Matches(Repository.Read(path)))
            .Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(set.Count > 20, "the pattern finds no variables any more");
        Assert.All(set, name => Assert.Contains($"`{name}`", text, StringComparison.Ordinal));
    }

    [GeneratedRegex("""environment(?:\["|\.(?:Try)?Add\(")([A-Z][A-Z0-9_]+)""")]
    private static partial Regex Assigned();
}
