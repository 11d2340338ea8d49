using System.Globalization;
using System.Text.Json.Nodes;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Reports;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Reports;

/// <summary>Closed hours and broken spells are drawn, and count as neither used nor idle; cards and hours are told as elsewhere.</summary>
public sealed class DowntimeTests : IDisposable
{
    private const string Pool = """
        timezone: Europe/Berlin
        nodes:
          - { name: desk, available: "22:00-07:00" }
        """;

    private const string Nodes = """
        node: desk
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { model: "NVIDIA GeForce RTX 4090", memory: 24GiB, count: 2 }
        """;

    private const string Jobs = "submit_s,duration_s,tier,gpus,checkpoint_every_s\n";

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Cards_of_one_model_are_told_apart_by_their_numbers()
    {
        var page = PageOf(Jobs + "0,3600,validation,2,600\n");

        Assert.Contains("desk [0] RTX4090", page, StringComparison.Ordinal);
        Assert.Contains("desk [1] RTX4090", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_are_in_the_pools_time_zone_which_the_page_names()
    {
        var page = PageOf(Jobs + "0,3600,validation,1,600\n");

        Assert.Contains("from Fri 2026-11-20 19:00. All times are Europe/Berlin.", page, StringComparison.Ordinal);
        Assert.Contains("<title>closed: 19:00 to 22:00, 3h00m</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Closed_hours_have_a_date_also_where_nothing_says_when_it_was() =>
        Assert.Contains(
            "from Mon 2024-01-01 01:00. All times are Europe/Berlin.",
            Page.Of(ReplayFrom(null, Jobs + "0,36000,validation,1,600\n"), PoolReplay.SomeMonday),
            StringComparison.Ordinal);

    [Fact]
    public void What_is_closed_is_neither_used_nor_idle()
    {
        // From 19 to 22 h closed; then one of two cards works for an hour.
        var result = Replay(Jobs + "0,3600,validation,1,600\n");
        var use = JsonNode.Parse(new JsonReport().Write(result, TimeSpan.Zero))!["classes"]!["consumer"]!;

        Assert.Equal(
            (50, 12.5, 12.5, 75, 0),
            ((double)use["inUsePercent"]!, (double)use["heldPercent"]!, (double)use["idlePercent"]!, (double)use["closedPercent"]!,
                (double)use["brokenPercent"]!));
        Assert.Equal(50, result.InUsePercent(DeviceClass.Consumer), 1e-6);
        Assert.Equal(12.5, result.Measures.UnallocatedPercent, 1e-6);
        Assert.Contains("50.0 % in use", Page.Of(result, s_evening), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_broken_is_drawn_and_not_idle_and_counts_once_where_it_is_closed_too()
    {
        // The machine breaks an hour before it opens and is back an hour after; one of its cards was broken before, and stays so.
        var result = Replay(
            Jobs + "0,3600,validation,1,600\n",
            faults: "node,device,start_s,end_s\ndesk,,7200,14400\ndesk,GPU-desk-1,3600,18000\n");
        var use = JsonNode.Parse(new JsonReport().Write(result, TimeSpan.Zero))!["classes"]!["consumer"]!;
        var page = Page.Of(result, s_evening);

        Assert.Equal(18_000, result.Makespan, 1);
        Assert.Equal(
            (100, 30, 60, 0),
            ((int)Math.Round((double)use["inUsePercent"]!), (int)Math.Round((double)use["closedPercent"]!),
                (int)Math.Round((double)use["brokenPercent"]!), (int)Math.Round((double)use["idlePercent"]!)));
        Assert.Contains("<title>broken: 21:00 to 23:00, 2h00m</title>", page, StringComparison.Ordinal);
        Assert.Contains("<title>broken: 20:00 to 00:00, 4h00m</title>", page, StringComparison.Ordinal);
        Assert.Contains("<title>closed: 19:00 to 21:00, 2h00m</title>", page, StringComparison.Ordinal);
        Assert.Contains("<title>closed: 19:00 to 20:00, 1h00m</title>", page, StringComparison.Ordinal);
        Assert.Contains("<i class=\"key closed\"></i>closed hours", page, StringComparison.Ordinal);
        Assert.Contains("<i class=\"key broken\"></i>broken", page, StringComparison.Ordinal);
        Assert.Contains("only hours in which cards were open and healthy", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_that_never_closes_or_breaks_has_no_such_keys()
    {
        var page = Page.Of(
            PoolFormat.Replay(
                new(files.Write("nodes.yaml", Nodes), files.Write("jobs.csv", Jobs + "0,60,validation,1,600\n"), "", ""), new NoProgress()),
            PoolReplay.SomeMonday);

        Assert.DoesNotContain("key closed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("key broken", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_that_never_end_are_named_with_why() => Assert.Contains(
        "<li><b>1</b> ReqNodeNotAvail: no node that fits is ever open for long enough, such as desk",
        PageOf("submit_s,duration_s,tier,gpus\n0,3600,validation,1\n"), StringComparison.Ordinal);

    [Fact]
    public void Years_of_nights_stay_a_small_page()
    {
        var nodes = Nodes.Replace("node: desk", "node: desk\ncopies: 40", StringComparison.Ordinal);
        var pool = Pool.Replace("name: desk", "name: \"desk*\"", StringComparison.Ordinal);
        var result = PoolFormat.Replay(
            new(files.Write("nodes.yaml", nodes), files.Write("jobs.csv", Jobs + "0,60,validation,1,600\n63000000,60,validation,1,600\n"),
                files.Write("pool.yaml", pool), ""),
            new NoProgress());

        var page = Page.Of(result, PoolReplay.SomeMonday);

        Assert.InRange(page.Length, 50_000, 2_000_000);
        Assert.Contains("down closed l", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_stay_round_beyond_a_change_of_clocks()
    {
        var axis = new TimeAxis(
            4 * 86_400, new DateTimeOffset(2026, 10, 23, 22, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal("Sat 00:00 Sun 00:00 Mon 00:00 Tue 00:00", string.Join(' ', axis.Ticks().Select(tick => tick.Label)));
    }

    private static readonly DateTimeOffset s_evening = DateTimeOffset.Parse("2026-11-20T18:00Z", CultureInfo.InvariantCulture);

    private string PageOf(string jobs) => Page.Of(Replay(jobs), s_evening);

    private PoolResult Replay(string jobs, string faults = "") => ReplayFrom(s_evening, jobs, faults);

    private PoolResult ReplayFrom(DateTimeOffset? start, string jobs, string faults = "") => PoolFormat.Replay(
        new PoolOptions(
            files.Write("nodes.yaml", Nodes), files.Write("jobs.csv", jobs), files.Write("pool.yaml", Pool),
            faults.Length == 0 ? "" : files.Write("faults.csv", faults))
        {
            StartAt = start,
        },
        new NoProgress());
}
