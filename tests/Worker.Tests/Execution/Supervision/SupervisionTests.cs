using System.Globalization;
using GpuScheduler.Protos;
using GpuScheduler.Protos.V1;
using GpuScheduler.Testing.Disks;
using GpuScheduler.Worker.Execution.Supervision;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution.Supervision;

public sealed class MachineCodeTests() : SupervisionTests(SupervisorChoice.Auto)
{
    [CompilerFact]
    public async Task It_supervises_where_it_could_be_compiled() => Assert.Equal("supervise", await SupervisorsNameAsync());
}

public sealed class ShellScriptTests() : SupervisionTests(SupervisorChoice.Shell)
{
    [Fact]
    public async Task It_supervises_where_it_was_asked_for() => Assert.Equal("sh", await SupervisorsNameAsync());
}

/// <summary>What a job sees and what is told of it is the same, whichever supervises.</summary>
public abstract class SupervisionTests
{
    private readonly SupervisorChoice _choice;

    private protected SupervisionTests(SupervisorChoice choice) => _choice = choice;

    private protected async Task<string> SupervisorsNameAsync()
    {
        await using var worker = await StartAsync();
        var job = A.Shell("cat /proc/$PPID/comm");
        await worker.RunAsync(job);
        return worker.Output(job).TrimEnd();
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("kill -KILL $$", 137)]
    public async Task The_status_is_the_programs(string line, int code)
    {
        await using var worker = await StartAsync();

        Assert.Equal(code, (await worker.RunAsync(A.Shell(line))).ExitCode);
    }

    [Fact]
    public async Task What_a_job_says_on_both_ways_lies_in_one_file_in_the_order_it_came()
    {
        await using var worker = await StartAsync();
        var job = A.Shell("echo 1; echo 2 >&2; echo 3; echo 4 >&2");

        await worker.RunAsync(job);

        Assert.Equal("1\n2\n3\n4\n", worker.Output(job));
        Assert.False(File.Exists(Path.Combine(worker.Data.Attempts, $"{job.JobId}.1", "stderr")));
    }

    [Theory]
    [InlineData("no-such-program", 127, "no-such-program: not found")]
    [InlineData("/no/such/program", 127, "/no/such/program: not found")]
    [InlineData("/etc/hostname/program", 127, "/etc/hostname/program: not found")]
    [InlineData("/etc/passwd", 126, "/etc/passwd: permission denied")]
    [InlineData("/etc", 126, "/etc: permission denied")]
    public async Task Why_a_program_could_not_be_started_is_in_its_output(string program, int code, string why)
    {
        await using var worker = await StartAsync();
        var job = A.Command(program, "argument");

        Assert.Equal(code, (await worker.RunAsync(job)).ExitCode);
        Assert.Contains(why, worker.Output(job), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_program_is_looked_for_along_the_jobs_own_path()
    {
        await using var worker = await StartAsync();
        string At(string folder) => Directory.CreateDirectory(Path.Combine(worker.Folder.Path, folder)).FullName;
        File.WriteAllText(Path.Combine(At("plain"), "hello"), "not to be executed");
        Program(Path.Combine(At("first"), "hello"), "#!/bin/sh\necho first \"$@\"\n");
        Program(Path.Combine(At("second"), "hello"), "#!/bin/sh\necho second\n");
        var job = A.Command("hello", "a b").With(job =>
            job.Spec.Environment["PATH"] = $"{At("none")}:{At("plain")}:{At("first")}:{At("second")}:/usr/bin:/bin");

        await worker.RunAsync(job);

        Assert.Equal("first a b\n", worker.Output(job));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_without_interpreter_is_the_shells(bool isNamedInFull)
    {
        await using var worker = await StartAsync();
        var file = Path.Combine(worker.Folder.Path, "words");
        Program(file, "echo $# \"$2\"\n");
        var job = A.Command(isNamedInFull ? file : "words", "one", "two words")
            .With(job => job.Spec.Environment["PATH"] = $"{worker.Folder.Path}:/usr/bin:/bin");

        var ended = await worker.RunAsync(job);

        Assert.Equal((0, "2 two words\n"), (ended.ExitCode, worker.Output(job)));
    }

    [Theory]
    [InlineData("SigBlk")]
    [InlineData("SigIgn")]
    [InlineData("SigCgt")]
    public async Task Every_signal_does_what_it_does_by_default(string set)
    {
        await using var worker = await StartAsync();
        var job = A.Command("cat", "/proc/self/status");

        await worker.RunAsync(job);

        var line = worker.Output(job).Split('\n').Single(line => line.StartsWith(set, StringComparison.Ordinal));
        // The C library keeps 32 and 33 to itself, and ignored.
        Assert.Equal(0UL, ulong.Parse(line.AsSpan(set.Length + 1), NumberStyles.HexNumber) & 0x7FFF_FFFF);
    }

    [Fact]
    public async Task Variables_of_any_name_reach_the_job()
    {
        await using var worker = await StartAsync();
        var job = A.Command("env").With(job => job.Spec.Environment["BASH_FUNC_module%%"] = "() { echo hi; }");

        await worker.RunAsync(job);

        Assert.Contains("BASH_FUNC_module%%=() { echo hi; }\n", worker.Output(job), StringComparison.Ordinal);
        Assert.DoesNotContain("OLDPWD=", worker.Output(job), StringComparison.Ordinal);
    }

    /// <summary>Signals to the whole process group end the job at most, never who has to write its end down.</summary>
    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("TERM")]
    [InlineData("USR1")]
    [InlineData("ALRM")]
    [InlineData("XCPU")]
    public async Task A_signal_to_the_group_leaves_the_supervisor_to_its_work(string signal)
    {
        await using var worker = await StartAsync();

        var ended = await worker.RunAsync(A.Shell($"trap 'exit 9' {signal}; kill -{signal} 0; sleep 1000"));

        Assert.Equal((EndCause.Exited, 9), (ended.Cause, ended.ExitCode));
    }

    [Fact]
    public async Task A_folder_that_may_not_be_entered_is_told()
    {
        await using var worker = await StartAsync();

        var ended = await worker.RunAsync(A.Command("true").With(job => job.Spec.WorkingDirectory = "/etc/passwd"));

        Assert.Equal((EndCause.LaunchFailed, LaunchFault.Missing), (ended.Cause, ended.LaunchFault));
        Assert.Contains("/etc/passwd", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_submitters_mask_is_the_jobs()
    {
        await using var worker = await StartAsync();
        var job = A.Shell("umask; touch made; stat -c %a made").With(job => job.Spec.Umask = 2);

        await worker.RunAsync(job);

        Assert.Equal("0002\n664\n", worker.Output(job));
    }

    [Fact]
    public async Task The_submitters_soft_limits_are_the_jobs_as_far_as_this_node_allows()
    {
        await using var worker = await StartAsync();
        var hard = ProcessLimits.Parse(File.ReadAllText("/proc/self/limits"))["nofile"].Hard!.Value;
        var job = A.Command("cat", "/proc/self/limits").With(job => job.Spec.SoftLimits.Add([
            new SoftLimit { Name = "nofile", Value = 123 }, new SoftLimit { Name = "core", Value = 0 },
            new SoftLimit { Name = "stack", Value = 4 << 20 }, new SoftLimit { Name = "no-such", Value = 1 },
        ]));
        var more = A.Command("cat", "/proc/self/limits").With(job =>
            job.Spec.SoftLimits.Add(new SoftLimit { Name = "nofile", Value = hard + 1 }));

        await worker.RunAsync(job);
        await worker.RunAsync(more);

        var limits = ProcessLimits.Parse(worker.Output(job));
        Assert.Equal((123, 0, 4 << 20), ((int)limits["nofile"].Soft!, (int)limits["core"].Soft!, (int)limits["stack"].Soft!));
        Assert.Equal(hard, ProcessLimits.Parse(worker.Output(more))["nofile"].Soft);
    }

    /// <summary>Not even a job that may write nothing keeps its end from being written down.</summary>
    [Fact]
    public async Task A_limit_binds_the_job_alone()
    {
        await using var worker = await StartAsync();

        var ended = await worker.RunAsync(A.Shell("exit 9").With(job =>
            job.Spec.SoftLimits.Add([new SoftLimit { Name = "fsize", Value = 0 }, new SoftLimit { Name = "nofile", Value = 16 }])));

        Assert.Equal((EndCause.Exited, 9), (ended.Cause, ended.ExitCode));
    }

    [SmallDiskFact]
    public async Task A_script_runs_where_the_data_directory_s_disk_executes_nothing()
    {
        using var disk = new SmallDisk(4, "noexec");
        await using var worker = await TestWorker.StartAsync(
            data: Path.Combine(disk.Path, "data"), adjust: options => options with { Supervisor = _choice });
        var job = A.Script("#!/bin/sh\necho \"$0|$1\"\n", "one two");

        var ended = await worker.RunAsync(job);

        Assert.Equal((EndCause.Exited, 0), (ended.Cause, ended.ExitCode));
        Assert.EndsWith("/script|one two\n", worker.Output(job), StringComparison.Ordinal);
    }

    private Task<TestWorker> StartAsync() => TestWorker.StartAsync(adjust: options => options with { Supervisor = _choice });

    private static void Program(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
