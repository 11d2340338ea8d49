using System.Diagnostics;
using System.Text.RegularExpressions;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>
/// What Prometheus reads. Dashboards and alerts of others rest on it, so docs/metrics.md lists it and changes only on purpose.
/// </summary>
public sealed partial class MetricsTests : IAsyncLifetime
{
    private static readonly string Golden = Path.Combine(Apps.Root, "docs", "metrics.md");

    private Lab _lab = null!;
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        _lab = await Lab.Start();
        await _lab.Scheduler.Terminate();
        await _lab.StartScheduler("--http", "127.0.0.1:0");
        _address = (await Eventually.Sees("the address in the log", () => Task.FromResult(HttpAddress(_lab.Scheduler.Output)),
            found => found is not null))!;
    }

    public async ValueTask DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task Metrics_AreServedAndPleasePromtool()
    {
        await _lab.Submit(Lab.Shell("true"));

        using var http = new HttpClient();
        Assert.Equal("Healthy", await http.GetStringAsync($"{_address}/healthz"));
        var metrics = await http.GetStringAsync($"{_address}/metrics");

        Assert.Contains("gpusched_jobs{state=\"pending\",tier=\"preprocessing\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("gpusched_pool_commits_total{} 1\n", metrics, StringComparison.Ordinal);
        // Nothing has ended and there is no card and no machine: each state has its series all the same.
        foreach (var state in (string[])["allocated", "closed", "cordoned", "held_elsewhere", "idle", "unreachable"])
        {
            Assert.Contains($"gpusched_devices{{class=\"datacenter\",state=\"{state}\"}} 0\n", metrics, StringComparison.Ordinal);
            Assert.Contains($"gpusched_cores{{state=\"{state}\"}} 0\n", metrics, StringComparison.Ordinal);
        }

        foreach (var end in (string[])
            ["completed", "failed", "timeout", "out_of_memory", "node_fail", "preempted", "cancelled", "deadline"])
            Assert.Contains($"gpusched_jobs_ended_total{{state=\"{end}\",tier=\"training\"}} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("gpusched_nodes{state=\"down\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("gpusched_jobs{state=\"running\",tier=\"training\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("gpusched_pool_failed_inputs_total{} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("gpusched_pool_cycle_duration_seconds_bucket{le=\"+Inf\"}", metrics, StringComparison.Ordinal);
        if (File.Exists("/usr/bin/promtool")) Assert.Equal("", await Promtool(metrics));
    }

    [Fact]
    public async Task Metrics_AreThoseOfTheDocumentation()
    {
        await _lab.StartWorker("lab", 8, ("GPU-lab-0", "NVIDIA A100-SXM4-80GB", 80));
        await _lab.JobIs(await _lab.Submit(Lab.Shell("true")), JobState.Completed);

        using var http = new HttpClient();
        var listed = Listing(await http.GetStringAsync($"{_address}/metrics"));
        if (Environment.GetEnvironmentVariable("GPUSCHED_UPDATE_GOLDEN") == "1") await File.WriteAllTextAsync(Golden, listed);

        Assert.Equal(await File.ReadAllTextAsync(Golden), listed);
    }

    /// <summary>A Markdown table: name, kind, labels, meaning.</summary>
    private static string Listing(string metrics)
    {
        var rows = MetricHead().Matches(metrics)
            .Select(
                head =>
                    $"| `{head.Groups["name"]}` | {head.Groups["kind"]} | {LabelsOf(metrics, head.Groups["name"].Value)} | "
                        + $"{head.Groups["help"]} |");
        return $"""
            # Metrics

            What `gpusched-scheduler --http ADDR` serves under `/metrics`, for Prometheus. Written by `MetricsTests`
            (`GPUSCHED_UPDATE_GOLDEN=1 ./test EndToEnd.Tests`), which fails when a name, kind or label changes.

            | metric | kind | labels | meaning |
            |---|---|---|---|
            {string.Join('\n', rows.Order(StringComparer.Ordinal))}

            """;
    }

    private static string LabelsOf(string metrics, string name) => string.Join(", ", Regex
        .Matches(metrics, $"^{name}(?:_bucket|_sum|_count)?{{(?<labels>[^}}]*)}}", RegexOptions.Multiline)
        .SelectMany(line => LabelName().Matches(line.Groups["labels"].Value))
        .Select(label => label.Groups["name"].Value)
        .Where(label => label != "le")
        .Distinct()
        .Order(StringComparer.Ordinal));

    private static string? HttpAddress(string log) =>
        log.Split('\n').FirstOrDefault(line => line.Contains("metrics on", StringComparison.Ordinal))?.Split(' ')[^1].Trim('"');

    private static async Task<string> Promtool(string metrics)
    {
        var start = new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        using var promtool = Process.Start(start)!;
        await promtool.StandardInput.WriteAsync(metrics);
        promtool.StandardInput.Close();
        var said = await promtool.StandardError.ReadToEndAsync() + await promtool.StandardOutput.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        return promtool.ExitCode == 0 ? "" : said;
    }

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<kind>\S+)\n# HELP \S+ (?<help>.*)$", RegexOptions.Multiline)]
    private static partial Regex MetricHead();

    [GeneratedRegex("(?<name>[a-z_]+)=\"")]
    private static partial Regex LabelName();
}
