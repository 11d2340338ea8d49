using System.Text.Json.Nodes;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GpuScheduler.Simulation.Tests.WhatIf;

/// <summary>
/// <c>--drain-by</c> says which jobs are in the way: those that never end, those that end too late, and those that wait for a person.
/// </summary>
public sealed class DrainTests : IAsyncLifetime
{
    private const string Nodes = """
        node: box
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { uuid: GPU-1, model: "NVIDIA A100-SXM4-80GB", memory: 80GiB }
        """;

    private static readonly JobDraft s_training = new() { Tier = "training", Gpus = "1", Name = "train" };

    private readonly Files files = new();
    private readonly FakeTimeProvider time = new(Recorded.Evening);
    private Recorded store = null!;

    public async ValueTask InitializeAsync() => store = await Recorded.StartAsync(files.At("gpusched.db"));

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        files.Dispose();
    }

    [Fact]
    public async Task Jobs_that_never_end_are_named_with_why()
    {
        await store.SubmitAsync(s_training with { Gpus = "H100:1", Name = "elsewhere" });

        var text = OfStore("now+1hour");

        Assert.Contains("  as it is  no, 1 never ends\n    1 elsewhere: BadConstraints: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_that_end_too_late_are_named_with_the_last_first_and_what_their_time_rests_on()
    {
        await store.SubmitAsync(s_training with { TimeLimit = "3h", Gpus = "2", Name = "bound" });
        await store.SubmitAsync(s_training with { Name = "unbound" });

        var text = OfStore("now+2hours");

        Assert.Contains("no, Mon 23:59 (1h59m late): 2 end later\n    2 unbound: ", text, StringComparison.Ordinal);
        Assert.Contains("    2 unbound: ends Mon 23:59: starts Mon 22:59 after", text, StringComparison.Ordinal);
        Assert.Contains("guessed: it has no time limit, and nothing like it has run", Flat(text), StringComparison.Ordinal);
        Assert.Contains("    1 bound: ends Mon 22:59: starts at once", text, StringComparison.Ordinal);
        Assert.Contains("guessed: its time limit, as nothing like it has run", Flat(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_jobs_are_not_counted_and_that_is_said()
    {
        await store.SubmitAsync(s_training with { TimeLimit = "10m" });
        await store.SubmitAsync(s_training with { Hold = true, Name = "later" });

        Assert.Contains(
            "not counted, as it waits for a person: 2 later (JobHeldUser", Flat(OfStore("now+1hour")), StringComparison.Ordinal);
        var json = JsonNode.Parse(Run("--from-store", store.Path, "--drain-by", "now+1hour", "--output", "json"))!["drain"]!;
        Assert.Equal(("2", true), ((string)json["heldLeftOut"]![0]!["id"]!, (bool)json["before"]!["drained"]!));
    }

    [Fact]
    public async Task Times_of_a_store_are_by_the_clock_of_who_asks_and_name_its_difference()
    {
        time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        await store.SubmitAsync(s_training with { TimeLimit = "10m" });

        var text = OfStore("23:00");

        Assert.Contains("drained by Mon 2026-03-02 23:00 UTC+01:00?\n  as it is  yes, Mon 21:0", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_files_are_in_UTC_and_say_so()
    {
        var (nodes, jobs) = (
            files.Write("nodes.yaml", Nodes), files.Write("jobs.csv", "submit_s,duration_s,tier,gpus\n0,3600,training,1\n"));

        var text = Run("--nodes", nodes, "--jobs", jobs, "--drain-by", "08:00");

        Assert.Contains(
            "drained by Mon 2024-01-01 08:00 UTC?\n  as it is  yes, Mon 01:00 (7h00m to spare)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moment_s_work_after_a_long_wait_is_no_absurd_unfairness()
    {
        var jobs = files.Write(
            "jobs.csv", "submit_s,duration_s,tier,gpus\n0,638,training,1\n0,0.001,training,1\n");

        var nodes = files.Write("nodes.yaml", Nodes);
        var json = JsonNode.Parse(Run("--nodes", nodes, "--jobs", jobs, "--drain-by", "08:00", "--output", "json"))!;

        // It waits 638 s for work that counts as a minute, while the card is twice asked for.
        Assert.Equal((638 + 60) / (60 * 2.0), (double)json["before"]!["finishTimeFairness"]!["worst"]!, 0.01);
    }

    private string OfStore(string by) => Run("--from-store", store.Path, "--drain-by", by);

    private string Run(params string[] flags)
    {
        var text = "";
        var parsed = WhatIfCommand.Create(
            (replay, report) =>
            {
                text = report.Write(replay(), TimeSpan.Zero);
                return 0;
            },
            time,
            new NoProgress()).Parse(flags);
        Assert.Empty(parsed.Errors);
        Assert.Equal(0, parsed.Invoke(new() { EnableDefaultExceptionHandler = false }));
        return text;
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
