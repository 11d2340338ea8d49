using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Wrong input through the real command line: a clear message, the right exit status, and nothing changed.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private Lab _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await Lab.Start();

    public async ValueTask DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task WrongSubmissions_AreRefusedByNameAndChangeNothing()
    {
        await Refused("z100", "submit", "--gpus", "z100:2", "--", "true");
        await Refused("-5", "submit", "--mem=-5G", "--", "true");
        await Refused("0", "submit", "--gpus", "a100:0", "--", "true");
        await Refused("nosuchtier", "submit", "--tier", "nosuchtier", "--", "true");
        await Refused("soon", "submit", "--time", "soon", "--", "true");
        await Refused("9-0", "submit", "--array", "9-0", "--", "true");
        await Refused("99", "submit", "--dependency", "afterok:99", "--", "true");
        await Refused("--gpu", "submit", "--gpu", "1", "--", "true");

        Assert.Empty((await _lab.Jobs.ListJobsAsync(new ListJobsRequest { IncludeEnded = true })).Jobs);
    }

    [Fact]
    public async Task HugeScript_IsRefusedWithItsLimit()
    {
        var script = _lab.In("huge.sh");
        await using (var file = File.Create(script))
        {
            await file.WriteAsync("#!/bin/sh\n"u8.ToArray());
            file.SetLength(100 * 1024 * 1024);
        }

        await Refused("4 MiB", "submit", script);
        Assert.Empty((await _lab.Jobs.ListJobsAsync(new ListJobsRequest { IncludeEnded = true })).Jobs);
    }

    [Fact]
    public async Task Directory_InsteadOfAScript_IsRefused() => await Refused("directory", "submit", _lab.Folder);

    [Fact]
    public async Task UnknownJob_IsNotFound()
    {
        foreach (var verb in new[] { "show", "explain", "logs", "cancel" })
        {
            var result = await _lab.Cli(verb, "4711");
            Assert.Equal(4, result.ExitCode);
            Assert.Contains("4711", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task MoreCardsThanThePoolHas_WaitButNotWithoutAWord()
    {
        await _lab.StartWorker("lab", 8, ("GPU-lab-0", "NVIDIA A100-SXM4-80GB", 80));

        var result = await _lab.Cli("submit", "--gpus", "16", "--", "true");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("16", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoreCardsThanAnyMachineCanHave_AreRefused()
    {
        var result = await _lab.Cli("submit", "--gpus", "999", "--", "true");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("'999'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node: lab\ncpu: { cores: many }\n", "cpu.cores")]
    [InlineData(
        "node: lab\ncpu: { cores: 8, memory: 64GiB, reservedCores: 0 }\ndevices:\n  - { uuid: GPU-1, modle: \"NVIDIA A100\" }\n", "modle")]
    [InlineData("node: [\n", "inventory.yaml")]
    public async Task BrokenInventory_StopsTheWorkerWithTheFaultsPlace(string yaml, string named)
    {
        var inventory = _lab.In("inventory.yaml");
        await File.WriteAllTextAsync(inventory, yaml);

        await WorkerRefuses(inventory, named);
    }

    [Fact]
    public async Task Directory_InsteadOfAnInventory_StopsTheWorker() => await WorkerRefuses(_lab.Folder, _lab.Folder);

    [Fact]
    public async Task Directory_InsteadOfThePoolFile_StopsTheScheduler()
    {
        using var scheduler = ProcessHandle.Start(
            Apps.Command("gpusched-scheduler", "--data", _lab.In("other"), "--listen", "127.0.0.1:0", "--config", _lab.Folder));
        await Eventually.Sees("the refusal", () => Task.FromResult(scheduler.HasExited), exited => exited);

        Assert.Equal(2, scheduler.ExitCode);
        var said = string.Join('\n', await scheduler.AllLines());
        Assert.Contains("--config", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnreachableScheduler_HasItsOwnStatus()
    {
        await _lab.Scheduler.Kill();
        Assert.Equal(69, (await _lab.Cli("queue")).ExitCode);
    }

    /// <summary>A message, not a stack trace, and an exit status of its own.</summary>
    private async Task WorkerRefuses(string inventory, string named)
    {
        using var worker = ProcessHandle.Start(
            Apps.Command(
                "gpusched-worker", "--server", _lab.Server, "--name", "lab", "--inventory", inventory, "--data", _lab.In("worker")));
        await Eventually.Sees("the refusal", () => Task.FromResult(worker.HasExited), exited => exited);

        Assert.Equal(2, worker.ExitCode);
        var said = string.Join('\n', await worker.AllLines());
        Assert.Contains(named, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    private async Task Refused(string named, params string[] arguments)
    {
        var result = await _lab.Cli(arguments);
        Assert.True(result.ExitCode is 2 or 3, $"{string.Join(' ', arguments)} gave {result.ExitCode}: {result.Error}{result.Output}");
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }
}
