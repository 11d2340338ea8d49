using System.Text.RegularExpressions;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Reports;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Reports;

/// <summary>The page is whole, harmless whatever jobs are called, and of bounded size.</summary>
public sealed partial class PageTests : IDisposable
{
    private const string Nasty = "</title><script>document.title='taken'</script>\"'&";

    private const string Nodes = """
        node: box
        copies: 2
        cpu: { cores: 16, memory: 64GiB }
        devices:
          - { model: "NVIDIA A100-SXM4-80GB", memory: 80GiB, count: 2 }
        """;

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Names_of_jobs_stay_text_and_nothing_is_loaded()
    {
        var page = Page.Of(Replay(), PoolReplay.SomeMonday);

        Assert.Contains("&lt;script&gt;document.title=&#39;taken&#39;&lt;/script&gt;&quot;&#39;&amp;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Loading().Matches(page));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_is_there_and_says_what_was_lost()
    {
        var page = Page.Of(Replay(), PoolReplay.SomeMonday);

        Assert.Equal(
            ["In use", "Waiting", "How long it took", "Cards", "Where the time went", "By tier"],
            Headings().Matches(page).Select(match => match.Groups[1].Value));
        Assert.Contains("<th>lost: machine lost</th>", page, StringComparison.Ordinal);
        Assert.Contains("ended by NodeLost", page, StringComparison.Ordinal);
        Assert.Equal(page, Page.Of(Replay(), PoolReplay.SomeMonday));
    }

    [Fact]
    public void However_large_the_replay_the_page_stays_small_and_says_what_it_left_out()
    {
        var page = Page.Of(Large(machines: 300, jobs: 40_000), PoolReplay.SomeMonday);

        Assert.InRange(page.Length, 100_000, 2_000_000);
        Assert.Contains("40,000 bars are too many to be drawn one by one: each row is 16 cards", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_replay_has_a_page_too() =>
        Assert.Contains(
            "<h1>0 jobs on 4 cards</h1>",
            Page.Of(PoolFormat.Replay(Options("submit_s,duration_s\n"), new NoProgress()), PoolReplay.SomeMonday),
            StringComparison.Ordinal);

    [Fact]
    public void A_page_that_can_not_be_written_is_refused_before_the_replay()
    {
        var folder = Path.GetDirectoryName(files.Write("x", ""))!;

        foreach (var path in (string[])[folder, Path.Combine(folder, "nowhere", "page.html")])
            Assert.Equal(
                $"--report is '{path}'; allowed: a file in a folder that exists",
                Assert.Throws<InputException>(() => ReportFile.At(path)).Message);
    }

    [BrowserFact]
    public async Task A_real_browser_shows_it_without_a_complaint()
    {
        var options = Options();
        var page = files.At("page.html");
        var parsed = SimulatorCommand.Create(Run, new NoProgress()).Parse(
            ["--nodes", options.Nodes, "--jobs", options.Jobs, "--faults", options.Faults, "--report", page]);
        Assert.Equal(0, parsed.Invoke(new() { EnableDefaultExceptionHandler = false }));

        var (dom, said) = await Browser.RunAsync(files.At("profile"), "--dump-dom", $"file://{page}");
        await Browser.RunAsync(files.At("profile"), "--window-size=1200,1600", $"--screenshot={files.At("page.png")}", $"file://{page}");

        Assert.Contains("<title>6 jobs on 4 cards</title>", dom, StringComparison.Ordinal);
        Assert.Equal(6, Headings().Count(dom));
        Assert.DoesNotContain("CONSOLE", said, StringComparison.Ordinal);
        Assert.True(new FileInfo(files.At("page.png")).Length > 20_000, "the picture is as good as empty");
    }

    [GeneratedRegex("src=|href=|url\\(|@import|https?:", RegexOptions.IgnoreCase)]
    private static partial Regex Loading();

    [GeneratedRegex("<h2>(.*?)</h2>")]
    private static partial Regex Headings();

    private static int Run(Func<ISimulationResult> replay, IReport report) => report.Write(replay(), TimeSpan.Zero).Length > 0 ? 0 : 1;

    private PoolResult Replay() => PoolFormat.Replay(Options(), new NoProgress());

    private PoolOptions Options() => Options(
        "submit_s,duration_s,tier,gpus,name,checkpoint_every_s\n" + string.Concat(Enumerable.Range(0,
            6).Select(job => $"{job * 10},3600,{(job % 2 == 0 ? "training" : "validation")},1,{Nasty},600\n"))) with
    {
        Faults = files.Write("faults.csv", "node,start_s,end_s\nbox-1,1000,5000\n"),
    };

    private PoolOptions Options(string jobs) => new(files.Write("nodes.yaml", Nodes), files.Write("jobs.csv", jobs), "", "");

    /// <summary>Made up rather than replayed: what counts is how much of it there is.</summary>
    private static PoolResult Large(int machines, int jobs)
    {
        const int Cards = 4;
        var cards = Enumerable.Range(0, machines * Cards)
            .Select(card => new Device($"GPU-{card}", "NVIDIA A100-SXM4-80GB", 81_920, DeviceClass.Datacenter, ClassSource.Catalog))
            .ToList();
        var records = Enumerable.Range(0, jobs).Select(job => new JobRecord(new("jobs.csv:1", job, 100, new() { Name = Nasty }), job)
        {
            Tier = (job / 7 % 3) switch { 0 => "training", 1 => "validation", _ => "preprocessing" },
            Started = job + 10,
            Ended = job + 500,
            Outcome = JobState.Completed,
        }).ToList();
        return new(
            jobs,
            records,
            new Dictionary<DeviceClass, ClassUse> { [DeviceClass.Datacenter] = new() { Capacity = cards.Count } },
            cards,
            Enumerable.Range(0, machines).ToDictionary(node => $"node-{node:000}", _ => Cards),
            [.. records.Select(
                (job, i) =>
                    new Span(
                        $"GPU-{i % cards.Count}", $"node-{i % cards.Count / Cards:000}", DeviceClass.Datacenter, 1, job, job.Started!.Value,
                        job.Ended!.Value, 0, 0, true, EndCause.Exited))],
            [.. records.SelectMany(job => (QueueStep[])[new(job.Submitted, job, 1), new(job.Started!.Value, job, -1)])],
            jobs + 500,
            jobs);
    }
}
