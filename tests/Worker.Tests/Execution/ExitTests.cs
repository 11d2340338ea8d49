using System.Net;
using System.Net.Sockets;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

public sealed class ExitTests
{
    [Theory]
    [InlineData("exit 0", 0, null)]
    [InlineData("exit 7", 7, null)]
    [InlineData("exit 85", 85, null)]
    [InlineData("kill -TERM $$", 143, 15)]
    [InlineData("kill -KILL $$", 137, 9)]
    public async Task An_attempt_reports_how_its_program_ended(string line, int code, int? signal)
    {
        await using var worker = await TestWorker.StartAsync();

        var ended = await worker.RunAsync(A.Shell(line));

        Assert.Equal((EndCause.Exited, code, signal ?? 0), (ended.Cause, ended.ExitCode, ended.Signal));
        Assert.Equal(signal is not null, ended.HasSignal);
    }

    [Fact]
    public async Task Arguments_reach_the_program_exactly_as_given()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Command("printf", "<%s>", "a b", "$HOME", "*", "'\"", "", "é\n");

        await worker.RunAsync(job);

        Assert.Equal("<a b><$HOME><*><'\"><><é\n>", worker.Output(job));
    }

    [Fact]
    public async Task A_command_named_like_a_shell_builtin_is_the_program_of_that_name()
    {
        await using var worker = await TestWorker.StartAsync();

        var ended = await worker.RunAsync(A.Command("exit", "3"));

        Assert.Equal(127, ended.ExitCode);
        Assert.Contains("'exit'", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_may_not_be_executed_ends_with_126()
    {
        await using var worker = await TestWorker.StartAsync();

        var ended = await worker.RunAsync(A.Command(worker.Folder.File("plain.txt", "no program")));

        Assert.Equal((EndCause.Exited, 126), (ended.Cause, ended.ExitCode));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_the_nodes_fault()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Command("true");
        File.WriteAllText(Path.Combine(worker.Data.Attempts, $"{job.JobId}.{job.Attempt}"), "in the way");

        var ended = await worker.RunAsync(job);

        Assert.Equal(EndCause.LaunchFailed, ended.Cause);
        Assert.False(ended.HasExitCode);
    }

    [Fact]
    public async Task A_gang_whose_head_could_not_listen_is_not_started()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var worker = await TestWorker.StartAsync();

        var ended = await worker.RunAsync(
            A.Command("true").With(job => job.Gang = new() { Nodes = { "node-a", "node-b" }, HeadAddress = "a.lan", HeadPort = port }));

        Assert.Equal((EndCause.LaunchFailed, false), (ended.Cause, ended.HasExitCode));
        Assert.Contains($"MASTER_PORT {port}", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_that_is_killed_counts_as_a_failed_attempt()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("kill -KILL $PPID; exec sleep 1000");

        var ended = await worker.RunAsync(job);

        Assert.Equal((EndCause.Exited, 137), (ended.Cause, ended.ExitCode));
        Assert.Contains("supervisor was killed", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_runs_under_its_own_interpreter_with_its_arguments()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Script("#!/usr/bin/env python3\nimport sys\nprint(sys.argv[1:])\n", "one two", "three");

        await worker.RunAsync(job);

        Assert.Equal("['one two', 'three']\n", worker.Output(job));
    }
}
