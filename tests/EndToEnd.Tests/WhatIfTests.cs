using System.Text.Json.Nodes;
using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Questions about a live pool's queue: answered from the store beside the scheduler, which goes on undisturbed.</summary>
public sealed class WhatIfTests
{
    [Fact]
    public async Task AnotherCard_HalvesTheQueue_AndTheSchedulerHearsNothingOfIt()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("desk", cards: ("GPU-desk", "NVIDIA GeForce RTX 4090", 24));
        var running = await lab.Submit(Evaluation());
        await lab.JobIs(running, JobState.Running);
        for (var waiting = 0; waiting < 5; waiting++) await lab.Submit(Evaluation());

        var answer = await Ask(lab, "--add", "1xRTX4090@desk", "--drain-by", "now+4hours");

        Assert.Equal("""{"ended":0,"running":1,"waiting":5,"leftOutHeld":0,"leftOutNeverRan":0,"guessedRunTimes":6}""", answer["recorded"]!.ToJsonString());
        Assert.Equal([6, 6], Sides(answer, side => (int)side["completed"]!));
        // Six hours one after the other, or three by two.
        var spans = Sides(answer, side => (double)side["makespanSeconds"]! / 3600);
        Assert.InRange(spans[0], 5.9, 6);
        Assert.InRange(spans[1], 2.9, 3);
        Assert.Equal([false, true], new[] { "before", "after" }.Select(side => (bool)answer["drain"]![side]!["drained"]!));
        Assert.Equal(1599, (int)answer["purchaseUsd"]!);

        var another = await lab.Submit(Lab.Shell("true"));
        await lab.JobIs(another, JobState.Completed);
        Assert.Equal(JobState.Running, (await lab.Job(running)).State);
    }

    [Fact]
    public async Task Priority_AndHistory_AreReplayedFromWhatReallyRan()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("box");
        var done = await lab.Submit(Lab.Shell("exit 0"));
        await lab.JobIs(done, JobState.Completed);
        await lab.Scheduler.Kill();

        var report = lab.In("page.html");
        var result = await lab.Cli("simulate", "--from-store", lab.In("scheduler"), "--output", "json", "--report", report);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var replay = JsonNode.Parse(result.Output)!;
        Assert.Equal([1, 1], [(int)replay["completed"]!, (int)replay["recorded"]!["ended"]!]);
        Assert.Contains("<h1>1 job on 0 cards</h1>", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
        var text = await lab.Cli("whatif", "--from-store", lab.In("scheduler"), "--priority", $"{done}=5", "--remove", "box");
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("- machine box", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongQuestions_AreRefusedWithACodeOfTheirOwn()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("box");
        await lab.Submit(Evaluation());
        var store = lab.In("scheduler");

        var machine = await lab.Cli("whatif", "--from-store", store, "--remove", "bax");
        var flag = await lab.Cli("whatif", "--from-store", store, "--remve", "box");
        var nowhere = await lab.Cli("whatif", "--from-store", lab.In("nowhere"), "--remove", "box");

        Assert.Equal(
            (4, "gpusched-simulator: --remove names 'bax'; allowed: a machine of the pool: box; did you mean 'box'?\n"),
            (machine.ExitCode, machine.Error));
        Assert.Equal((2, "gpusched-simulator: unknown flag '--remve': did you mean '--remove'?\n"), (flag.ExitCode, flag.Error));
        Assert.Equal(4, nowhere.ExitCode);
    }

    /// <summary>An hour by its time limit, which is all that anybody can know of it.</summary>
    private static JobSpec Evaluation()
    {
        var spec = Lab.Shell("exec sleep 3600", tier: "validation", gpus: "1");
        spec.TimeLimit = "1h";
        return spec;
    }

    private static async Task<JsonNode> Ask(Lab lab, params string[] question)
    {
        var result = await lab.Cli(["whatif", "--from-store", lab.In("scheduler"), "--output", "json", .. question]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonNode.Parse(result.Output)!;
    }

    private static T[] Sides<T>(JsonNode answer, Func<JsonNode, T> value) => [value(answer["before"]!), value(answer["after"]!)];
}
