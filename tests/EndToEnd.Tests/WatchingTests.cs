using System.Globalization;
using GpuScheduler.EndToEnd.Tests.Harness;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Verbs that stay, while the scheduler under them is killed and started again.</summary>
public sealed class WatchingTests
{
    [Fact]
    public async Task FollowedLog_AcrossAKilledScheduler_MissesNothingAndSaysNothingTwice()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        var job = await lab.Submit(Lab.Shell($"echo before; until [ -e {lab.In("go")} ]; do sleep 0.05; done; seq 1 20000; echo after"));
        var following = lab.StartCli("logs", "-f", job);
        await Prints(following, "before");

        await lab.Scheduler.Kill();
        await Prints(following, "went away");
        await File.WriteAllTextAsync(lab.In("go"), "");
        await lab.StartScheduler();

        await Eventually.Sees("the log's end", () => Task.FromResult(following.HasExited), exited => exited, lab.Outputs);
        Assert.Equal(0, following.ExitCode);
        var lines = await following.AllLines();
        Assert.Equal(
            ["before", .. Enumerable.Range(1, 20_000).Select(i => i.ToString(CultureInfo.InvariantCulture)), "after"],
            lines.Where(line => !IsRemark(line)));
        Assert.Single(lines, line => line.Contains("went away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WatchedQueue_AcrossAKilledScheduler_GoesOnAndTellsWhatEndedMeanwhile()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        var job = await lab.Submit(Lab.Shell($"until [ -e {lab.In("go")} ]; do sleep 0.05; done; touch {lab.In("gone")}"));
        var watching = lab.StartCli("queue", "--watch", "--all");
        await Prints(watching, $"{job} RUNNING");

        await lab.Scheduler.Kill();
        await Prints(watching, "went away");
        await File.WriteAllTextAsync(lab.In("go"), "");
        await Eventually.Sees("the job's end", () => Task.FromResult(File.Exists(lab.In("gone"))), ended => ended);
        await lab.StartScheduler();

        await Prints(watching, $"{job} COMPLETED");
        var next = await lab.Submit(Lab.Shell("true"));
        await Prints(watching, $"{next} COMPLETED");
        Assert.Equal(0, await watching.Interrupt());
        Assert.Single(await watching.AllLines(), line => line.Contains("went away", StringComparison.Ordinal));
    }

    /// <summary>A machine that hangs keeps its connections and says nothing: only pings tell.</summary>
    [Fact]
    public async Task WatchedQueue_OfAFrozenScheduler_SaysSoAndGoesOnWhenItThaws()
    {
        await using var lab = await Lab.Start();
        var job = await lab.Submit(Lab.Shell("true"));
        var watching = lab.StartCli("queue", "--watch", "--all");
        await Prints(watching, $"{job} PENDING");

        lab.Scheduler.Freeze();
        await Prints(watching, "went away");
        lab.Scheduler.Thaw();

        var next = await lab.Submit(Lab.Shell("true"));
        await Prints(watching, $"{next} PENDING");
        Assert.Equal(0, await watching.Interrupt());
    }

    private static bool IsRemark(string line) => line.StartsWith("gpusched: ", StringComparison.Ordinal);

    private static Task<string> Prints(ProcessHandle process, string text) => Eventually.Sees(
        $"'{text}'", () => Task.FromResult(process.Output), output => output.Contains(text, StringComparison.Ordinal));
}
