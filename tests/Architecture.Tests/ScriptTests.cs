using System.Diagnostics;
using System.Runtime.Versioning;

namespace GpuScheduler.Architecture.Tests;

/// <summary>What scripts start they end themselves, by id: no process of others dies, and none of theirs stays behind.</summary>
[SupportedOSPlatform("linux")]
public sealed class ScriptTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly string[] s_daemons = ["slurmctld", "slurmd", "python3"];

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

    /// <summary>With stand-ins for Slurm's programs: each says that it is there, and holds its pipe for as long as it lives.</summary>
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    [InlineData("KILL")]
    public async Task The_comparison_with_Slurm_leaves_no_daemon_behind_when_it_is_cut_off(string signal)
    {
        using var script = StartComparison();
        var daemons = await Task.WhenAll(s_daemons.Select(StartsAsync)).WaitAsync(s_patience);

        using (Process.Start("/bin/kill", ["-s", signal, $"{script.Id}"])!)
            await script.WaitForExitAsync().WaitAsync(s_patience);

        await Task.WhenAll(daemons.Select(EndsAsync)).WaitAsync(s_patience);
    }

    private Process StartComparison()
    {
        foreach (var program in s_daemons)
        {
            using var pipe = Process.Start("mkfifo", [PipeOf(program)]);
            pipe.WaitForExit();
            Write(program, $"#!/bin/sh\nexec 9> {PipeOf(program)}\necho started >&9\nexec sleep 1000\n");
        }

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

    private string PipeOf(string program) => Path.Combine(_folder.FullName, program + ".pipe");

    /// <summary>Opening a pipe waits for the other side, reading for what it says.</summary>
    private Task<StreamReader> StartsAsync(string program) => Task.Run(() =>
    {
        var life = new StreamReader(new FileStream(PipeOf(program), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal("started", life.ReadLine());
        return life;
    });

    /// <summary>A pipe ends when its last holder is gone.</summary>
    private static Task EndsAsync(StreamReader life) => Task.Run(() =>
    {
        using (life) Assert.Equal("", life.ReadToEnd());
    });
}
