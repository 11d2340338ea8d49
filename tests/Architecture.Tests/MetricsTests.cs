using System.Text.Json.Nodes;
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

    /// <summary>A fixed identity would leave every panel empty in a Grafana that knows its Prometheus under another one.</summary>
    [Fact]
    public void Dashboards_LetTheReaderChooseTheSource()
    {
        var dashboards = Directory.GetFiles(Path.Combine(Repository.Root, "deploy", "grafana", "dashboards"), "*.json");

        Assert.NotEmpty(dashboards);
        Assert.All(dashboards, file =>
        {
            var board = JsonNode.Parse(File.ReadAllText(file))!;
            var variable = board["templating"]!["list"]!.AsArray().Single(one => (string)one!["type"]! == "datasource")!;
            Assert.Equal("prometheus", (string)variable["query"]!);
            Assert.All(
                board["panels"]!.AsArray(), panel => Assert.Equal($"${{{(string)variable["name"]!}}}", (string)panel!["datasource"]!["uid"]!));
        });
    }

    [GeneratedRegex(@"\bgpusched_[a-z_]+")]
    private static partial Regex Name();

    /// <summary>A histogram is listed once, and read as three series.</summary>
    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex OfSeries();
}
