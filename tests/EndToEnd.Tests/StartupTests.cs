using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Starting the scheduler: refusals, health, and a full queue.</summary>
public sealed class StartupTests
{
    [Fact]
    public async Task WrongOptions_AreAllNamedAtOnce()
    {
        var folder = Directory.CreateTempSubdirectory("gpusched-e2e-").FullName;
        var pool = Path.Combine(folder, "pool.yaml");
        await File.WriteAllTextAsync(
            pool, "name: lab\nleases:\n  hartbeat: 5s\n  lease: soon\ntiers: [ { name: t, classes: [golden] } ]\n");

        using var process = ProcessHandle.Start(
            Apps.Command("gpusched-scheduler", "--data", pool, "--listen", "everywhere", "--config", pool));
        await Eventually.Sees("the refusal", () => Task.FromResult(process.HasExited), exited => exited);

        Assert.Equal(2, process.ExitCode);
        Assert.All(
            ["--data", "--listen", "pool.yaml:3: leases.hartbeat", "did you mean 'heartbeat'", "pool.yaml:4: leases.lease",
                "pool.yaml:5: tiers[0].classes"],
            part => Assert.Contains(part, process.Output, StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Reload_PutsTheFileInForceWholeOrNotAtAll()
    {
        await using var lab = await Lab.Start("backfill: { depth: 1 }\n");
        var file = lab.In("pool.yaml");
        await File.WriteAllTextAsync(file, "backfill: { depth: 3 }\nretry: { first: 1s }\n");
        var done = await lab.Cli("reload", "--output", "quiet");
        Assert.Equal((0, "retry\nbackfill\n"), (done.ExitCode, done.Output));

        await File.WriteAllTextAsync(file, "backfill: { depth: many }\nname: other\n");
        var refused = await lab.Cli("reload");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("pool.yaml:1: backfill.depth: 'many'", refused.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "backfill: { depth: 4 }\n");
        lab.Scheduler.HangUp();
        await Eventually.Sees(
            "the log to tell of it", () =>
                Task.FromResult(lab.Scheduler.Output), log => log.Contains("for SIGHUP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecondScheduler_OnTheSameData_IsRefused()
    {
        await using var lab = await Lab.Start();
        using var second = ProcessHandle.Start(
            Apps.Command("gpusched-scheduler", "--data", lab.In("scheduler"), "--listen", "127.0.0.1:0"));
        await Eventually.Sees("the refusal", () => Task.FromResult(second.HasExited), exited => exited);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("in use by another scheduler", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HundredThousandJobs_AreBackAfterAKill()
    {
        await using var lab = await Lab.Start();
        var spec = Lab.Shell("true");
        spec.Array = "0-99999";
        await lab.Submit(spec);
        await lab.Scheduler.Kill();

        await lab.StartScheduler();

        var page = await lab.Jobs.ListJobsAsync(new ListJobsRequest { Limit = 5 });
        Assert.Equal(["1_0", "1_1", "1_2", "1_3", "1_4"], page.Jobs.Select(job => job.Id));
        Assert.True(page.Truncated);
    }
}
