using System.Text.Json;
using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>The helper that jobs report checkpoints with.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gpusched-checkpoint-");

    public void Dispose() => _folder.Delete(recursive: true);

    private Cli NewCli()
    {
        var cli = new Cli { WorkingDirectory = "/" };
        cli.Environment["GPUSCHED_CHECKPOINT_DIR"] = _folder.FullName;
        return cli;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string[] Manifest => File.ReadAllLines(Path.Combine(_folder.FullName, "manifest.jsonl"));

    [Fact]
    public async Task Lines_carry_size_and_hash()
    {
        Write("step \"1\".bin", "abc");

        Assert.Equal(0, (await NewCli().RunAsync("checkpoint", "--step", "100", "--sha256", "step \"1\".bin")).ExitCode);
        Assert.Equal(0, (await NewCli().RunAsync("checkpoint", "--step", "200", Write("b.bin", "abcd"))).ExitCode);

        using var first = JsonDocument.Parse(Manifest[0]);
        Assert.Equal(100, first.RootElement.GetProperty("step").GetInt64());
        Assert.Equal("step \"1\".bin", first.RootElement.GetProperty("path").GetString());
        Assert.Equal(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", first.RootElement.GetProperty("sha256").GetString());
        Assert.Equal("""{"step":200,"path":"b.bin","bytes":4}""", Manifest[1]);
    }

    [Fact]
    public async Task A_FIFO_is_no_checkpoint_and_none_takes_the_manifest_s_place()
    {
        Fifo.Make(Path.Combine(_folder.FullName, "fifo"));

        var refused = await Task.Run(() => NewCli().RunAsync("checkpoint", "--step", "1", "--sha256", "fifo")).WaitAsync(Fifo.Patience);
        Fifo.Make(Path.Combine(_folder.FullName, "manifest.jsonl"));
        Write("a.bin", "abc");
        var failed = await Task.Run(() => NewCli().RunAsync("checkpoint", "--step", "1", "a.bin")).WaitAsync(Fifo.Patience);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("fifo': is a FIFO or a device; a regular file", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, failed.ExitCode);
    }

    [Fact]
    public async Task Writers_at_the_same_time_keep_their_lines_whole()
    {
        Write("a.bin", "abc");

        await Task.WhenAll(
            Enumerable.Range(0, 50).Select(step => Task.Run(() => NewCli().RunAsync("checkpoint", "--step", $"{step}", "a.bin"))));

        Assert.Equal(Enumerable.Range(0, 50).Select(step => $$"""{"step":{{step}},"path":"a.bin","bytes":3}""").Order(), Manifest.Order());
    }

    [Fact]
    public async Task A_link_leads_nobody_outside()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link.bin"), "/etc/hostname");

        var result = await NewCli().RunAsync("checkpoint", "--step", "1", "link.bin");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("lies outside GPUSCHED_CHECKPOINT_DIR", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint --step 1 missing.bin", "no such file")]
    [InlineData("checkpoint --step -1 a.bin", "--step: '-1': a whole number from 0")]
    [InlineData("checkpoint a.bin", "--step: is missing: a whole number from 0")]
    [InlineData("checkpoint --step 1", "checkpoint: FILE is missing")]
    public async Task Faults_are_named(string line, string message)
    {
        Write("a.bin", "abc");

        var result = await NewCli().RunAsync(line.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_a_job_it_says_what_is_missing() => Assert.Equal(
        new CliResult(
            2, "", "gpusched: checkpoint: GPUSCHED_CHECKPOINT_DIR is not set; run this inside a job submitted with --checkpoint\n"),
        await new Cli().RunAsync("checkpoint", "--step", "1", "a.bin"));
}
