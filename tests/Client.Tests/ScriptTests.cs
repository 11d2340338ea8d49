using System.IO.Pipes;
using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>Scripts: what is read from them, and what is refused before anything is sent.</summary>
public sealed class ScriptTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gpusched-script-");
    private FakeScheduler _scheduler = null!;

    public async ValueTask InitializeAsync() => _scheduler = await FakeScheduler.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<CliResult> SubmitAsync(string text)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "job.sh"), text);
        return await new Cli(_scheduler) { WorkingDirectory = _folder.FullName }.RunAsync("submit", "job.sh");
    }

    [Theory]
    [InlineData("#!/bin/sh\n#SBATCH --gpu=1\n", "job.sh:2: unknown flag '--gpu': did you mean '--gpus'?")]
    [InlineData("#!/bin/sh\n\n# note\n#SBTACH --mem 4G\n", "job.sh:4: unknown directive '#SBTACH': did you mean '#SBATCH'?")]
    [InlineData(
        "#!/bin/sh\n#SBATCH --constraint=a100\n",
        "job.sh:2: flag '--constraint' isn't supported: say what the card must have in --gpus, such as 'cc>=8.0' or '40GB..'")]
    [InlineData("#!/bin/sh\n#SBATCH gpus 1\n", "job.sh:2: 'gpus': a directive holds flags only, such as --gpus 1")]
    [InlineData("#!/bin/sh\n#SBATCH -J 'open\n", "job.sh:2: '-J 'open': the quote ' is not closed")]
    [InlineData("#!/bin/sh\n#GPUSCHED -c none\n", "job.sh:2: --cpus: 'none': a whole number from 1 to 4096")]
    [InlineData(
        "echo hi\n",
        "script: 'job.sh': has no #! line first, such as #!/bin/bash; to run it by a program write: gpusched submit -- PROGRAM job.sh")]
    [InlineData(
        "#!/bin/sh\r\necho\r\n", "script: 'job.sh': has Windows line ends (line 1); convert it with dos2unix")]
    [InlineData(
        "#!/bin/sh\n#SBATCH -c 2\nif true\r\nthen :\r\nfi\r\n",
        "script: 'job.sh': has Windows line ends (line 3); convert it with dos2unix")]
    [InlineData("\u007fELF\0\0", "script: 'job.sh': is not text; to run a program write: gpusched submit -- job.sh")]
    [InlineData("", "script: 'job.sh': is empty; a script starts with a line such as #!/bin/bash")]
    public async Task A_bad_script_is_refused_by_name_and_line(string text, string message)
    {
        var result = await SubmitAsync(text);

        Assert.Equal(new CliResult(2, "", $"gpusched: {message}\n"), result);
        Assert.Empty(_scheduler.Jobs.Submitted);
    }

    [Fact]
    public async Task Directives_end_at_the_first_command_and_late_ones_are_mentioned()
    {
        var result = await SubmitAsync("#!/bin/sh\n#SBATCH -c 2   # cores\n\n#SBATCH -J \"two words\"\ncd data\n#SBATCH -c 9\n");

        var spec = Assert.Single(_scheduler.Jobs.Submitted).Spec;
        Assert.Equal((2, "two words"), (spec.Cpus, spec.Name));
        Assert.Contains(
            "job.sh:6: '#SBATCH -c 9' comes after the first command or 32 KiB and is not read", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directives_count_in_the_first_32_KiB_only()
    {
        var padding = string.Concat(Enumerable.Repeat("# padding padding padding\n", 1400));

        await SubmitAsync($"#!/bin/sh\n#SBATCH -c 2\n{padding}#SBATCH -c 9\n");

        Assert.Equal(2, Assert.Single(_scheduler.Jobs.Submitted).Spec.Cpus);
    }

    [Fact]
    public async Task A_commented_out_directive_is_a_comment()
    {
        await SubmitAsync("#!/bin/sh\n##SBATCH --nonsense\n# SBATCH is read by gpusched too\n");

        Assert.Single(_scheduler.Jobs.Submitted);
    }

    [Fact]
    public async Task A_huge_script_is_refused_unread()
    {
        await using (var file = File.Create(Path.Combine(_folder.FullName, "big.sh")))
            file.SetLength(100 * 1024 * 1024);

        var result = await new Cli(_scheduler) { WorkingDirectory = _folder.FullName }.RunAsync("submit", "big.sh");

        Assert.Equal(
            new CliResult(2, "", "gpusched: script: 'big.sh': 100 MiB: at most 4 MiB; put data into files that the script reads\n"),
            result);
    }

    [Fact]
    public async Task A_directory_is_no_script()
    {
        _folder.CreateSubdirectory("src");

        var result = await new Cli(_scheduler) { WorkingDirectory = _folder.FullName }.RunAsync("submit", "src");

        Assert.Equal(
            new CliResult(2, "", "gpusched: script: 'src': is a directory; name a script file, or a command after '--'\n"), result);
    }

    [Fact]
    public async Task A_FIFO_is_no_script_and_holds_nothing_back()
    {
        Fifo.Make(Path.Combine(_folder.FullName, "fifo"));

        var result = await new Cli(_scheduler) { WorkingDirectory = _folder.FullName }.RunAsync("submit", "fifo").WaitAsync(Fifo.Patience);

        Assert.Equal(
            new CliResult(
                2, "",
                "gpusched: script: 'fifo': is a FIFO or a device, not a script file; a regular file, standard input, or <(COMMAND)\n"),
            result);
    }

    [Fact]
    public async Task What_a_shell_hands_over_as_an_open_pipe_is_read()
    {
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var submitted = new Cli(_scheduler).RunAsync("submit", $"/dev/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}");
        await pipe.WriteAsync("#!/bin/sh\n#SBATCH -c 3\n"u8.ToArray());
        pipe.Dispose();

        Assert.Equal(0, (await submitted.WaitAsync(Fifo.Patience)).ExitCode);
        Assert.Equal(3, Assert.Single(_scheduler.Jobs.Submitted).Spec.Cpus);
    }

    [Fact]
    public async Task A_pipe_that_says_nothing_is_left_when_told_to_stop()
    {
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var stop = new CancellationTokenSource();
        var submitted = new Cli(_scheduler).RunAsync(
            stop.Token, "submit", $"/dev/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}");

        await stop.CancelAsync();

        Assert.NotEqual(0, (await submitted.WaitAsync(Fifo.Patience)).ExitCode);
        Assert.Empty(_scheduler.Jobs.Submitted);
    }

    [Fact]
    public async Task A_missing_script_suggests_the_form_for_commands()
    {
        var result = await new Cli(_scheduler) { WorkingDirectory = _folder.FullName }.RunAsync("submit", "nvidia-smi");

        Assert.Equal(
            new CliResult(2, "", "gpusched: script: 'nvidia-smi': no such file; to run a command write: gpusched submit -- nvidia-smi\n"),
            result);
    }

    [Fact]
    public async Task A_byte_order_mark_before_the_first_line_is_left_out()
    {
        await File.WriteAllBytesAsync(
            Path.Combine(_folder.FullName, "job.sh"), [0xEF, 0xBB, 0xBF, .. "#!/bin/sh\n#SBATCH -c 3\ntrue\n"u8]);

        await new Cli(_scheduler) { WorkingDirectory = _folder.FullName }.RunAsync("submit", "job.sh");

        var sent = Assert.Single(_scheduler.Jobs.Submitted).Spec;
        Assert.Equal(("#!/bin/sh\n#SBATCH -c 3\ntrue\n", 3), (sent.Script, sent.Cpus));
    }

    [Fact]
    public async Task Text_in_16_bits_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "job.sh"), "#!/bin/sh\n", System.Text.Encoding.Unicode);

        var result = await new Cli(_scheduler) { WorkingDirectory = _folder.FullName }.RunAsync("submit", "job.sh");

        Assert.Equal(
            new CliResult(2, "", "gpusched: script: 'job.sh': is UTF-16 text; save it as UTF-8, as interpreters read it\n"), result);
    }
}
