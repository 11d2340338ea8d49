using System.Diagnostics;
using GpuScheduler.EndToEnd.Tests.Harness;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>'gpusched up' vouches for what it started itself, and for nothing else.</summary>
public sealed class UpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gpusched-e2e-").FullName;
    private readonly string _listen = $"http://127.0.0.1:{Ports.Free()}";

    public void Dispose()
    {
        Leftovers.KillIn(_folder);
        Leftovers.RemoveGroupsOf(_folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task PortOfAnother_FailsInWordsAndLeavesNothingBehind()
    {
        var first = await Up("first");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));

        var second = await Up("second");

        Assert.Equal(1, second.ExitCode);
        Assert.DoesNotContain("the pool is up", second.Output, StringComparison.Ordinal);
        Assert.Contains($"could not listen at {_listen}: the port is used by", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "second"), "worker.pid"));
        var nodes = await Run(_folder, "nodes", "--server", _listen, "--output", "quiet");
        Assert.Equal($"{Node}\n", nodes.Output);
        Assert.Equal(0, (await Run(_folder, "down", "--data", In("first"))).ExitCode);
    }

    [Fact]
    public async Task Https_IsRefusedAsThereIsNone()
    {
        var up = await Run(_folder, "up", "--data", In("first"), "--listen", _listen.Replace("http:", "https:", StringComparison.Ordinal));

        Assert.NotEqual(0, up.ExitCode);
        Assert.Contains("--listen", up.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("the pool is up", up.Output, StringComparison.Ordinal);
    }

    /// <summary>The port changes hands while the worker lives: it stays with the scheduler that it was started for.</summary>
    [Fact]
    public async Task WorkerOfUp_NeverJoinsAnotherScheduler()
    {
        Assert.Equal(0, (await Up("first")).ExitCode);
        Process.GetProcessById(PidIn("first", "scheduler")).Kill();
        using var other = ProcessHandle.Start(
            Apps.Command("gpusched-scheduler", "--data", In("other"), "--listen", _listen["http://".Length..]));
        await Eventually.Sees(
            "the refusal", () => Task.FromResult(other.Output), output => output.Contains("--store-file", StringComparison.Ordinal));

        Assert.Equal(
            "no machines: start a worker with 'gpusched up' or 'gpusched worker'\n",
            (await Run(_folder, "nodes", "--server", _listen)).Output);
        Assert.Equal(0, (await Run(_folder, "down", "--data", In("first"))).ExitCode);
    }

    [SecondAccountFact]
    public async Task TwoAccounts_DoNotMeet()
    {
        var (ann, ben) = (54_321, 54_322);
        var (first, second) = (await UpAs(ann), await UpAs(ben));

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        foreach (var uid in new[] { ann, ben })
        {
            var nodes = await RunAs(uid, "nodes", "--output", "quiet");
            Assert.EndsWith($"-{uid}\n", nodes.Output, StringComparison.Ordinal);
            Assert.Single(nodes.Output.Trim().Split('\n'));
            Assert.Equal(0, (await RunAs(uid, "down")).ExitCode);
        }
    }

    private static string Node => Environment.MachineName;

    private string In(string name) => Path.Combine(_folder, name);

    private int PidIn(string data, string name) =>
        int.Parse(File.ReadAllText(Path.Combine(In(data), $"{name}.pid")).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private Task<CliResult> Up(string data) => Run(_folder, "up", "--data", In(data), "--listen", _listen, "--name", Node);

    private static Task<CliResult> Run(string folder, params string[] arguments) => CliResult.Run(folder, "", arguments);

    private async Task<CliResult> UpAs(int uid)
    {
        Directory.CreateDirectory(In($"{uid}"));
        using var chown = Process.Start("chown", [$"{uid}:{uid}", In($"{uid}")]);
        await chown.WaitForExitAsync();
        using var open = Process.Start("chmod", ["755", _folder]);
        await open.WaitForExitAsync();
        return await RunAs(uid, "up");
    }

    private async Task<CliResult> RunAs(int uid, params string[] arguments)
    {
        var start = Apps.Command("gpusched", arguments);
        string[] drop = ["--reuid", $"{uid}", "--regid", $"{uid}", "--clear-groups", start.FileName];
        var words = drop.Concat(start.ArgumentList).ToList();
        start.ArgumentList.Clear();
        words.ForEach(start.ArgumentList.Add);
        start.FileName = SecondAccountFactAttribute.SetPrivileges;
        start.WorkingDirectory = In($"{uid}");
        start.Environment["HOME"] = In($"{uid}");
        start.Environment.Remove("XDG_DATA_HOME");
        start.Environment["USER"] = $"{uid}";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return new CliResult(process.ExitCode, await output, await error);
    }
}
