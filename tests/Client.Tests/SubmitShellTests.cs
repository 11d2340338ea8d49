using System.Diagnostics;
using System.Text;
using GpuScheduler.Client.Terminal;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Tests;

/// <summary>What a job takes over from the shell in which it was submitted.</summary>
public sealed class SubmitShellTests : Submitting
{
    /// <summary>"é" of Latin-1, as one byte.</summary>
    private static readonly string s_foreign = RawText.FromBytes([0xE9]);

    [Theory]
    [InlineData("HF_TOKEN")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS")]
    [InlineData("WANDB_API_KEY")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    [InlineData("MYSQL_PWD")]
    [InlineData("db.password")]
    [InlineData("GITHUB_TOKEN")]
    public async Task A_variable_that_looks_secret_stays_here_and_that_is_said_to_programs_too(string name)
    {
        var cli = NewCli();
        cli.Environment[name] = "x";

        var result = await cli.RunAsync("submit", "--parsable", "--", "true");

        Assert.DoesNotContain(name, Sent.Environment.Keys);
        Assert.Contains($"not handed to the job, as the names look secret: {name} (", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(name, result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TOKENIZERS_PARALLELISM")]
    [InlineData("MAX_TOKENS")]
    [InlineData("MAX_TOKEN_LENGTH")]
    [InlineData("KEYBOARD")]
    [InlineData("MONKEY")]
    [InlineData("PYTHON_KEYRING_BACKEND")]
    [InlineData("XDG_CACHE_HOME")]
    [InlineData("CUDA_DEVICE_ORDER")]
    [InlineData("my.var")]
    [InlineData("a-b")]
    [InlineData("BASH_FUNC_module()")]
    [InlineData("ProgramFiles(x86)")]
    public async Task A_variable_that_only_sounds_like_one_or_has_an_odd_name_is_handed_on(string name)
    {
        var cli = NewCli();
        cli.Environment[name] = "x";

        var result = await cli.RunAsync("submit", "--", "true");

        Assert.Equal((0, "x"), (result.ExitCode, Sent.Environment[name]));
        Assert.DoesNotContain("not handed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_a_choice_of_cards_is_not_handed_on_is_said_but_not_inside_a_job()
    {
        var cli = NewCli();
        cli.Environment["CUDA_VISIBLE_DEVICES"] = "0";
        var result = await cli.RunAsync("submit", "--", "true");
        var inside = NewCli();
        (inside.Environment["CUDA_VISIBLE_DEVICES"], inside.Environment["GPUSCHED_JOB_ID"]) = ("GPU-a", "5");

        var silent = await inside.RunAsync("submit", "--", "true");

        Assert.Contains("sees the cards it is granted: CUDA_VISIBLE_DEVICES", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("CUDA_VISIBLE_DEVICES", silent.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("CUDA_VISIBLE_DEVICES", LastSent.Environment.Keys);
    }

    [Fact]
    public async Task The_mask_and_the_soft_limits_go_along()
    {
        const string limits = "Limit                     Soft Limit           Hard Limit           Units     \n"
            + "Max stack size            8388608              unlimited            bytes     \n"
            + "Max core file size        unlimited            unlimited            bytes     \n"
            + "Max file locks            unlimited            unlimited            locks     \n"
            + "Max open files            512                  20000                files     \n";
        var cli = new Cli(Scheduler) { Shell = ShellState.Parse("Name:\tgpusched\nUmask:\t0027\n", limits) };

        await cli.RunAsync("submit", "--", "true");

        Assert.Equal((true, 23U), (Sent.HasUmask, Sent.Umask));
        Assert.Equal(
            [("stack", true, 8388608UL), ("core", false, 0UL), ("nofile", true, 512UL)],
            Sent.SoftLimits.Select(limit => (limit.Name, limit.HasValue, limit.Value)));
    }

    [Fact]
    public async Task The_folder_of_the_call_is_told_where_the_job_starts_elsewhere()
    {
        await NewCli().RunAsync("submit", "--", "true");
        Assert.Equal("", Sent.SubmitDirectory);

        await NewCli().RunAsync("submit", "-D", "/data", "--", "true");

        Assert.Equal((Folder.FullName, "/data"), (LastSent.SubmitDirectory, LastSent.WorkingDirectory));
    }

    [Fact]
    public async Task A_home_is_what_the_shell_would_have_made_of_it()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder.FullName, "job.sh"), "#!/bin/sh\n#SBATCH --chdir=~\n#SBATCH -o ~/out/%j\n");

        await NewCli().RunAsync("submit", "job.sh");

        Assert.Equal(("/home/anna", "/home/anna/out/%j"), (Sent.WorkingDirectory, Sent.Output));
    }

    [Theory]
    [InlineData("~bob/x", "--workdir: '~bob/x': only ~ and ~/… are understood; write another user's folder in full")]
    [InlineData("~/x", "--workdir: '~/x': HOME is not set here; write the path in full")]
    public async Task Another_users_home_or_none_is_refused_in_words(string path, string message)
    {
        var cli = NewCli();
        cli.Environment.Remove("HOME");

        Assert.Equal(new CliResult(2, "", $"gpusched: {message}\n"), await cli.RunAsync("submit", "-D", path, "--", "true"));
    }

    [Fact]
    public async Task A_directive_without_a_blank_is_read_as_sbatch_does()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder.FullName, "job.sh"), "#!/bin/sh\n#SBATCH--mem=4G\n#GPUSCHED-c 3\n");

        await NewCli().RunAsync("submit", "job.sh");

        Assert.Equal(("4G", 3), (Sent.Memory, Sent.Cpus));
    }

    [Fact]
    public async Task Foreign_bytes_in_words_variables_and_folders_go_along()
    {
        string[] words = ["submit", "--comment", $"mod{s_foreign}le", "--", "echo", s_foreign];
        var cli = new Cli(Scheduler)
        {
            RawArguments = words,
            RawEnvironment = new Dictionary<string, string> { ["ACCENT"] = s_foreign, ["PLAIN"] = "é" },
            WorkingDirectory = $"/data/{s_foreign}",
        };

        await cli.RunAsync([.. words.Select(RawText.Readable)]);

        Assert.Equal(("mod\uFFFDle", "/data/\uFFFD"), (Sent.Comment, Sent.WorkingDirectory));
        Assert.Equal(["echo", "\uFFFD"], Sent.Command);
        Assert.Equal(("é", false), (Sent.Environment["PLAIN"], Sent.Environment.ContainsKey("ACCENT")));
        RawSpec.Open(Sent);
        Assert.Equal(($"mod{s_foreign}le", $"/data/{s_foreign}"), (Sent.Comment, Sent.WorkingDirectory));
        Assert.Equal((s_foreign, s_foreign), (Sent.Command[1], Sent.Environment["ACCENT"]));
    }

    [Fact]
    public async Task Foreign_bytes_of_names_are_shown_as_a_sign_wherever_they_come_from()
    {
        string[] words = ["submit", "-J", $"x{s_foreign}", "-A", $"p{s_foreign}{RawText.FromBytes([0xE8, 0x80])}", "--", "true"];
        var cli = new Cli(Scheduler) { RawArguments = words, WorkingDirectory = Folder.FullName };
        await cli.RunAsync([.. words.Select(word => Encoding.UTF8.GetString(RawText.ToBytes(word)))]);
        Assert.Equal(("x\uFFFD", "p\uFFFD\uFFFD\uFFFD"), (Sent.Name, Sent.Project));

        await File.WriteAllBytesAsync(
            Path.Combine(Folder.FullName, "job.sh"), Encoding.Latin1.GetBytes("#!/bin/sh\n#SBATCH --job-name=x\u00e8\ntrue\n"));
        await NewCli().RunAsync("submit", "job.sh");
        Assert.Equal("x\uFFFD", LastSent.Name);

        string[] cancel = ["cancel", "--name", $"x{RawText.FromBytes([0xE8, 0x80])}"];
        await new Cli(Scheduler) { RawArguments = cancel }.RunAsync("cancel", "--name", "x\uFFFD");
        Assert.Equal("x\uFFFD\uFFFD", Assert.IsType<CancelJobsRequest>(Scheduler.Jobs.Requests[^1]).Filter.Name);
    }

    [Fact]
    public async Task A_script_whose_own_name_is_Latin1_is_found()
    {
        var name = $"mod{s_foreign}le.sh";
        var octal = string.Concat(RawText.ToBytes(name).Select(one => "\\" + Convert.ToString(one, 8).PadLeft(3, '0')));
        await ShellAsync($"printf '%s' \"$0\" > \"$(printf '{octal}')\"", "#!/bin/sh\ntrue\n");
        string[] words = ["submit", name];
        var cli = new Cli(Scheduler) { RawArguments = words, WorkingDirectory = Folder.FullName };

        var result = await cli.RunAsync("submit", RawText.Readable(name));
        await ShellAsync("rm -f ./*", "");

        Assert.Equal((0, "mod\uFFFDle.sh", "#!/bin/sh\ntrue\n"), (result.ExitCode, Sent.Name, Sent.Script));
    }

    /// <summary>A shell makes and removes files of any name.</summary>
    private async Task ShellAsync(string script, string text)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, text]) { WorkingDirectory = Folder.FullName };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_script_called_dash_is_standard_input()
    {
        await NewCli("#!/bin/sh\ntrue $1\n").RunAsync("submit", "-", "word");

        Assert.Equal(("stdin", "#!/bin/sh\ntrue $1\n", "word"), (Sent.Name, Sent.Script, Assert.Single(Sent.ScriptArguments)));
    }

    [Fact]
    public async Task A_script_in_Latin1_is_taken_as_it_is()
    {
        var bytes = Encoding.Latin1.GetBytes("#!/bin/sh\n# mod\u00e8le\n#SBATCH -c 2\necho \u00e9\n");
        await File.WriteAllBytesAsync(Path.Combine(Folder.FullName, "job.sh"), bytes);

        var result = await NewCli().RunAsync("submit", "job.sh");

        Assert.Equal((0, 2), (result.ExitCode, Sent.Cpus));
        Assert.Equal(bytes, Sent.Raw.Script.ToByteArray());
    }

    [Theory]
    [InlineData("ada", "ada")]
    [InlineData("", "carl")]
    public void A_user_without_an_entry_is_called_as_the_shell_says(string known, string name) =>
        Assert.Equal(name, ProcessTexts.UserName(known, new Dictionary<string, string> { ["USER"] = "", ["LOGNAME"] = "carl" }));

    [Fact]
    public void A_user_whom_nothing_names_is_called_by_its_number() =>
        Assert.True(uint.TryParse(ProcessTexts.UserName("", new Dictionary<string, string>()), out _));
}
