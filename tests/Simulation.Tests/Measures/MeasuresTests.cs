using System.Text.Json.Nodes;
using GpuScheduler.Simulation.Measures;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.Measures;

/// <summary>Figures that take thought, on cases that can be worked out by hand.</summary>
public sealed class MeasuresTests : IDisposable
{
    private readonly Files files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Who_waits_for_his_turn_comes_off_worse_than_an_equal_share()
    {
        // Both want the only card: twice asked for until 100 s, once until 200 s.
        var fairness = Replay(machines: 1, cards: 1, "0,100,training,1,\n0,100,training,1,\n").Measures.Fairness;

        Assert.Equal(200 / (100 * 1.5), fairness.Worst, 1e-6);
        Assert.Equal(((100 / (100 * 2.0)) + (200 / (100 * 1.5))) / 2, fairness.Mean, 1e-6);
        Assert.Equal(50, fairness.UnfairPercent);
    }

    [Fact]
    public void A_job_alone_on_a_large_pool_is_served_fairly_also_by_cards_of_another_speed()
    {
        var fairness = Replay(machines: 4, cards: 2, "0,100,training,1,4\n").Measures.Fairness;

        Assert.Equal(new Fairness(1, 1, 0), fairness);
    }

    [Fact]
    public void A_free_card_beside_a_used_one_is_too_scattered_for_those_who_want_two()
    {
        // One machine has a card left; half of the work wants two on one machine.
        var measures = Replay(machines: 2, cards: 2, "0,100,training,1,\n0,100,training,2,\n").Measures;

        Assert.Equal(25, measures.UnallocatedPercent, 1e-6);
        Assert.Equal(12.5, measures.FragmentedPercent, 1e-6);
    }

    [Fact]
    public void What_an_empty_pool_has_free_is_not_scattered()
    {
        var measures = Replay(machines: 2, cards: 2, "0,100,training,2,\n").Measures;

        Assert.Equal((50.0, 0.0), (measures.UnallocatedPercent, measures.FragmentedPercent));
    }

    [Fact]
    public void Text_and_json_have_them()
    {
        var result = Replay(machines: 2, cards: 2, "0,100,training,1,\n0,100,training,2,\n");
        var json = JsonNode.Parse(new JsonReport().Write(result, TimeSpan.Zero))!;

        Assert.Equal("""{"mean":1,"worst":1,"unfairPercent":0}""", json["finishTimeFairness"]!.ToJsonString());
        Assert.Equal([25, 12.5], ((string[])["unallocatedPercent", "fragmentedPercent"]).Select(field => (double)json[field]!));
        Assert.Contains(
            "cards unallocated 25.0 %, too scattered for the work 12.5 %", new TextReport().Write(result, TimeSpan.Zero),
            StringComparison.Ordinal);
    }

    private PoolResult Replay(int machines, int cards, string jobs) => PoolFormat.Replay(
        new(
            files.Write(
                "nodes.yaml",
                $"node: box\ncopies: {machines}\ncpu: {{ cores: 8, memory: 64GiB }}\ndevices:\n  - {{ model: \"NVIDIA A100-SXM4-80GB\", "
                    + $"memory: 80GiB, count: {cards} }}\n"),
            files.Write("jobs.csv", "submit_s,duration_s,tier,gpus,speed_A100\n" + jobs),
            "",
            ""),
        new NoProgress());
}
