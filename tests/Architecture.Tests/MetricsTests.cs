using System.Text.RegularExpressions;

namespace GpuScheduler.Architecture.Tests;

/// <summary>Shipped dashboards ask only for metrics that exist: a renamed one would leave an empty panel and no error.</summary>
public sealed partial class MetricsTests
{
    private static readonly HashSet<string> Listed =
        [.. Name().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "metrics.md"))).Select(match => match.Value)];

    public static TheoryData<string> Shipped() =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".json" or ".yml" or ".yaml" && Name().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void EveryMetricNamed_IsDocumented(string file)
    {
        var named = Name().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))).Select(match => match.Value).Distinct();

        var unknown = named.Where(name => !Listed.Contains(name) && !Listed.Contains(OfSeries().Replace(name, ""))).ToList();

        Assert.Empty(unknown);
    }

    [GeneratedRegex(@"\bgpusched_[a-z_]+")]
    private static partial Regex Name();

    /// <summary>A histogram is listed once, and read as three series.</summary>
    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex OfSeries();
}
