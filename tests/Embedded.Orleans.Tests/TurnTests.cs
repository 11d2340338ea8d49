using GpuScheduler.Embedded.Orleans.Tests.Grains;

namespace GpuScheduler.Embedded.Orleans.Tests;

public sealed class TurnTests : ClusterTest
{
    [Fact]
    public async Task A_request_runs_to_its_end_before_the_next_starts()
    {
        var grain = Grains.GetGrain<ITurnGrain>("a");
        var first = grain.Write("first");
        await Stage.Until("first starts");

        var second = grain.Write("second");
        Stage.Open("second");
        Stage.Open("first");
        await Task.WhenAll(first, second);

        Assert.Equal(["first starts", "first ends", "second starts", "second ends"], Stage.Notes);
    }

    [Fact]
    public async Task Requests_of_one_grain_to_another_run_in_the_order_in_which_they_were_sent()
    {
        var names = Enumerable.Range(0, 50).Select(number => $"request {number}").ToArray();
        Array.ForEach(names, Stage.Open);
        // Requests that race an activation may arrive in any order in a cluster.
        await Grains.GetGrain<ITurnGrain>("receiver").Increment();

        await Grains.GetGrain<ITurnGrain>("sender").Send("receiver", names);

        Assert.Equal(names.SelectMany(name => new[] { $"{name} starts", $"{name} ends" }), Stage.Notes);
    }

    [Fact]
    public async Task A_counter_needs_no_lock_even_across_awaits()
    {
        var grain = Grains.GetGrain<ITurnGrain>("a");

        var counts = await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => Task.Run(grain.Increment)));

        Assert.Equal(Enumerable.Range(1, 2000), counts.Order());
    }

    [Fact]
    public async Task Different_grains_run_at_the_same_time()
    {
        var first = Grains.GetGrain<ITurnGrain>("a").Write("first");
        var second = Grains.GetGrain<ITurnGrain>("b").Write("second");

        await Stage.Until("first starts");
        await Stage.Until("second starts");

        Stage.Open("first");
        Stage.Open("second");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task An_always_interleaving_request_starts_while_another_awaits()
    {
        var grain = Grains.GetGrain<ITurnGrain>("a");
        var write = grain.Write("write");
        await Stage.Until("write starts");
        Stage.Open("query");

        await grain.Interleave("query");

        Assert.Equal(["write starts", "query starts", "query ends"], Stage.Notes);
        Stage.Open("write");
        await write;
    }

    [Fact]
    public async Task An_always_interleaving_request_keeps_nobody_waiting()
    {
        var grain = Grains.GetGrain<ITurnGrain>("a");
        var query = grain.Interleave("query");
        await Stage.Until("query starts");
        Stage.Open("write");

        await grain.Write("write");

        Assert.DoesNotContain("query ends", Stage.Notes);
        Stage.Open("query");
        await query;
    }

    [Fact]
    public async Task Read_only_requests_run_beside_each_other()
    {
        var grain = Grains.GetGrain<ITurnGrain>("a");
        var first = grain.Read("first");
        await Stage.Until("first starts");
        Stage.Open("second");

        await grain.Read("second");

        Assert.DoesNotContain("first ends", Stage.Notes);
        Stage.Open("first");
        await first;
    }

    [Fact]
    public async Task A_writer_waits_for_readers_and_readers_for_a_writer()
    {
        var grain = Grains.GetGrain<ITurnGrain>("a");
        var early = grain.Read("early");
        await Stage.Until("early starts");
        var write = grain.Write("write");
        Stage.Open("early");
        await Stage.Until("write starts");

        var late = grain.Read("late");
        Stage.Open("late");
        Stage.Open("write");
        await Task.WhenAll(early, write, late);

        Assert.Equal(["early starts", "early ends", "write starts", "write ends", "late starts", "late ends"], Stage.Notes);
    }

    [Fact]
    public async Task A_reentrant_class_starts_requests_while_others_await()
    {
        var grain = Grains.GetGrain<IReentrantTurnGrain>("a");
        var first = grain.Write("first");
        await Stage.Until("first starts");
        Stage.Open("second");

        await grain.Write("second");

        Assert.DoesNotContain("first ends", Stage.Notes);
        Stage.Open("first");
        await first;
    }
}
