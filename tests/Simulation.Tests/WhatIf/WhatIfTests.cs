using System.CommandLine;
using System.Text.Json.Nodes;
using GpuScheduler.Simulation.CommandLine;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Tests.Support;
using GpuScheduler.Testing;

namespace GpuScheduler.Simulation.Tests.WhatIf;

/// <summary>
/// The verb from its command line to its answer, on work that can be reckoned by hand: four jobs of an hour for one card.
/// </summary>
public sealed class WhatIfTests : IDisposable
{
    private const string Nodes = """
        node: box
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { uuid: GPU-1, model: "NVIDIA A100-SXM4-80GB", memory: 80GiB }
        ---
        node: desk
        cpu: { cores: 8, memory: 64GiB }
        devices:
          - { uuid: GPU-2, model: "NVIDIA GeForce RTX 4090", memory: 24GiB }
        """;

    private const string Jobs = """
        submit_s,duration_s,tier,gpus,name,checkpoint_every_s
        0,3600,training,1,first,600
        0,3600,training,1,second,600
        0,3600,training,1,third,600
        0,3600,training,1,fourth,600
        """;

    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Another_card_ends_the_queue_earlier_and_costs_its_price()
    {
        var answer = Json("--add", "1xA100", "--tier-spill", "training=off", "--drain-by", "now+3hours");

        // One card alone would need four hours; the desk's opens to training after half an hour.
        Assert.Equal(7200, (double)answer["after"]!["makespanSeconds"]!, 1e-3);
        Assert.Equal(2, (int)answer["after"]!["classes"]!["datacenter"]!["cards"]!);
        Assert.Equal(
            "[true,true]",
            new JsonArray(answer["drain"]!["before"]!["drained"]!.DeepClone(), answer["drain"]!["after"]!["drained"]!.DeepClone())
                .ToJsonString());
        Assert.Equal(
            ["training does not spill", "+ 1 A100 in a new machine, added-1"],
            answer["changes"]!.AsArray().Select(change => (string)change!));
        Assert.True(answer["purchaseUsd"] is not null || answer["priceUnknown"]!.ToJsonString() == """["A100"]""");
    }

    [Fact]
    public void Without_the_only_cards_that_fit_nothing_ends_and_nothing_is_drained()
    {
        var answer = Json("--remove", "box", "--tier-spill", "training=off", "--drain-by", "08:00");

        Assert.Equal([4, 0], [(int)answer["before"]!["completed"]!, (int)answer["after"]!["completed"]!]);
        var after = answer["drain"]!["after"]!;
        Assert.Equal((false, true, 4, 0), ((bool)after["drained"]!, after["at"] is null, (int)after["neverEnd"]!, (int)after["late"]!));
        Assert.Equal(["first", "second", "third", "fourth"], after["neverEnded"]!.AsArray().Select(job => (string)job!["name"]!));
        Assert.Equal((0, 4), ((int)answer["jobsHelped"]!, (int)answer["jobsHurt"]!));
    }

    [Fact]
    public void A_priority_moves_one_job_ahead_of_the_others()
    {
        var answer = Json("--priority", "4=1000", "--tier-spill", "training=off");
        var asked = answer["asked"]![0]!;

        Assert.Equal(("4", "fourth"), ((string)asked["id"]!, (string)asked["name"]!));
        Assert.True((double)asked["after"]!["jctSeconds"]! < (double)asked["before"]!["jctSeconds"]!, answer.ToJsonString());
    }

    [Fact]
    public void Cards_can_join_a_machine_that_is_there_and_a_spill_can_wait_longer()
    {
        var answer = Json("--add", "2xRTX4090@desk,8xCPU", "--tier-spill", "training=consumer:5h");

        Assert.Equal(3, (int)answer["after"]!["classes"]!["consumer"]!["cards"]!);
        Assert.Equal(24, (int)answer["after"]!["classes"]!["cpu"]!["cards"]!);
        Assert.Equal(0, (double)answer["after"]!["classes"]!["consumer"]!["heldPercent"]!);
        Assert.Equal(3198, (int)answer["purchaseUsd"]!);
    }

    [Fact]
    public void Other_rules_can_be_compared_with_those_in_force()
    {
        var rules = files.Write("other.yaml", "tiers: [ { name: training, classes: [datacenter, consumer] } ]\n");

        var answer = Json("--with-pool", rules);

        Assert.Equal(7200, (double)answer["after"]!["makespanSeconds"]!, 1e-3);
    }

    [Fact]
    public void The_table_fits_eighty_columns_whatever_a_job_is_called()
    {
        files.Write(
            "jobs.csv",
            Jobs.Replace(
                "fourth", "A name that goes on and on and on and on and on and on and on and on and on", StringComparison.Ordinal));

        var text = Run("--add", "4xRTX4090", "--priority", "4=100", "--drain-by", "08:00").Text;

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains("to buy: 4 x RTX4090, 1599 USD each at launch: 6396 USD", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4xRTX4090", "+ 4 RTX4090 in a new machine")]
    [InlineData("RTX4090:4", "+ 4 RTX4090 in a new machine")]
    [InlineData("4 x rtx4090", "+ 4 RTX4090 in a new machine")]
    [InlineData("A100:80GB:2", "+ 2 A100 in a new machine")]
    [InlineData("A100:80GB", "+ 1 A100 in a new machine")]
    public void The_count_may_stand_before_or_behind_the_model(string cards, string change) =>
        Assert.Contains(change, Run("--add", cards, "--drain-by", "08:00").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("--add", "4RTX4090", "--add is '4RTX4090': '4RTX4090' is no card of the catalog; allowed: COUNTxMODEL")]
    [InlineData("--add", "0xRTX4090", "COUNT from 1 to 10000")]
    [InlineData("--add", "2xRTX4900", "'RTX4900' is no card of the catalog")]
    [InlineData("--add", "2xRTX4091", "did you mean 'RTX4090'?")]
    [InlineData("--add", "2xA100:lots", "--add is '2xA100:lots': memory: 'lots'")]
    [InlineData(
        "--tier-spill", "trainning=off",
        "--tier-spill names tier 'trainning'; allowed: training, validation, preprocessing; did you mean 'training'?")]
    [InlineData("--tier-spill", "training=golden", "--tier-spill is 'training=golden'; allowed: TIER=off, or TIER=CLASS[:WAIT]")]
    [InlineData("--tier-spill", "training=consumer:soon", "--tier-spill is 'training=consumer:soon': wait: 'soon'")]
    [InlineData("--priority", "1=high", "--priority is '1=high'; allowed: JOB=NUMBER")]
    [InlineData("--drain-by", "later", "--drain-by: 'later': a time to come")]
    public void Bad_input_is_named_with_what_is_allowed(string flag, string value, string fault) =>
        Assert.Contains(fault, Assert.Throws<InputException>(() => Run(flag, value)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("desk/0")]
    [InlineData("desk/gpu-2")]
    public void A_card_to_remove_is_named_by_number_or_uuid(string card) =>
        Assert.Contains("- card GPU-2 of desk", Run("--remove", card, "--drain-by", "08:00").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("--remove", "dsk", "--remove names 'dsk'; allowed: a machine of the pool: box, desk; did you mean 'desk'?")]
    [InlineData(
        "--remove", "desk/GPU-9", "--remove names 'GPU-9'; allowed: a card of desk by number, uuid or the uuid's beginning: 0 GPU-2")]
    [InlineData("--add", "1xA100@dsk", "--add names 'dsk'")]
    [InlineData("--priority", "9=1", "--priority names job '9'; allowed: one of the 4 jobs that are replayed")]
    public void What_is_not_there_has_an_exit_code_of_its_own(string flag, string value, string fault)
    {
        var refusal = Assert.Throws<NotFoundException>(() => Run(flag, value));

        Assert.Equal(4, refusal.ExitCode);
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_question_or_with_two_sources_the_flags_are_refused()
    {
        var none = Parse("--nodes", "n.yaml", "--jobs", "j.csv").Errors.Select(error => error.Message);
        var both = Parse("--nodes", "n.yaml", "--jobs", "j.csv", "--from-store", "x", "--add", "1xA100").Errors.Select(
            error => error.Message);

        Assert.StartsWith("whatif needs a question: --add 4xRTX4090", Assert.Single(none), StringComparison.Ordinal);
        Assert.Equal(["--jobs and --from-store both name the work; give one of them"], both);
        Assert.Equal(["unknown flag '--ad': did you mean '--add'?"], StrayWords.Of(Parse("--ad", "4xRTX4090")));
    }

    private JsonNode Json(params string[] flags) => JsonNode.Parse(Run([.. flags, "--output", "json"]).Text)!;

    private (int Code, string Text) Run(params string[] flags)
    {
        if (!File.Exists(files.At("jobs.csv")))
            files.Write("jobs.csv", Jobs);

        var text = "";
        var parsed = Parse(
            report => text = report, [.. flags, "--nodes", files.Write("nodes.yaml", Nodes), "--jobs", files.At("jobs.csv")]);
        Assert.Empty(parsed.Errors);
        return (parsed.Invoke(new() { EnableDefaultExceptionHandler = false }), text);
    }

    private static ParseResult Parse(params string[] flags) => Parse(_ => { }, flags);

    private static ParseResult Parse(Action<string> print, string[] flags) => WhatIfCommand.Create(
        (replay, report) =>
        {
            print(report.Write(replay(), TimeSpan.Zero));
            return 0;
        },
        TestTime.NewClock(),
        new NoProgress()).Parse(flags);
}
