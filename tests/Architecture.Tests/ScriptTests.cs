using System.Diagnostics;
using System.Runtime.Versioning;

namespace GpuScheduler.Architecture.Tests;

/// <summary>What scripts start they end themselves, by id: nobody else's process dies, and none stays behind.</summary>
[SupportedOSPlatform("linux")]
public sealed class ScriptTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gpusched-scripts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Nothing_ends_processes_by_their_names()
    {
        string[] forbidden = ["p" + "kill ", "kill" + "all "];
        var offenders = Repository.Files
            .Where(path => !path.EndsWith(".md", StringComparison.Ordinal) && !path.Contains("/Fixture", StringComparison.Ordinal))
            .Where(path => forbidden.Any(word => Repository.Read(path).Contains(word, StringComparison.Ordinal)));

        Assert.Empty(offenders);
    }

    /// <summary>With stand-ins for Slurm's programs, which note who they are and then sleep.</summary>
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    [InlineData("KILL")]
    public async Task The_comparison_with_Slurm_leaves_no_daemon_behind_when_it_is_cut_off(string signal)
    {
        using var script = StartComparison();
        var daemons = await Task.WhenAll(WrittenAsync("slurmctld"), WrittenAsync("slurmd"), WrittenAsync("python3"));

        using (Process.Start("/bin/kill", ["-s", signal, $"{script.Id}"])!)
            await script.WaitForExitAsync().WaitAsync(s_patience);

        foreach (var pid in daemons)
            await EndsAsync(pid);
    }

    private Process StartComparison()
    {
        foreach (var program in (string[])["slurmctld", "slurmd", "python3"])
            Write(program, $"#!/bin/sh\necho $$ > {_folder.FullName}/{program}.new\n"
                + $"mv {_folder.FullName}/{program}.new {_folder.FullName}/{program}.pid\nexec sleep 1000\n");
        foreach (var program in (string[])["sbatch", "munge", "munged", "scancel"])
            Write(program, "#!/bin/sh\nexit 0\n");
        Write("sinfo", "#!/bin/sh\necho idle\n");

        // A script in the background of a shell would inherit that interrupts are ignored.
        var start = new ProcessStartInfo(
            "env", ["--default-signal=HUP,INT,TERM", "bash", Path.Combine(Repository.Root, "tests/Benchmarks/Peers/slurm")]);
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["TMPDIR"] = _folder.FullName;
        return Process.Start(start)!;
    }

    private void Write(string program, string text)
    {
        var path = Path.Combine(_folder.FullName, program);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<int> WrittenAsync(string program)
    {
        var file = Path.Combine(_folder.FullName, program + ".pid");
        await UntilAsync(() => File.Exists(file), $"{program} was never started");
        return int.Parse(await File.ReadAllTextAsync(file), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task EndsAsync(int pid) => UntilAsync(
        () => !File.Exists($"/proc/{pid}/stat") || File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal),
        $"process {pid} is still there");

    private static async Task UntilAsync(Func<bool> isSo, string otherwise)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(watch.Elapsed < s_patience, otherwise);
            await Task.Delay(20);
        }
    }
}
