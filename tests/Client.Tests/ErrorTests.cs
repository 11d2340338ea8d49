using GpuScheduler.Client.Tests.Support;
using Grpc.Core;

namespace GpuScheduler.Client.Tests;

/// <summary>What goes wrong, in one line on standard error, and the exit code that a script reads.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("queu", "unknown verb 'queu': did you mean 'queue'? ('gpusched --help' lists them)")]
    [InlineData("submit --gpu 1 -- true", "unknown flag '--gpu': did you mean '--gpus'?")]
    [InlineData("submit --chekpoint -- true", "unknown flag '--chekpoint': did you mean '--checkpoint'?")]
    [InlineData("queue --zzz", "unknown flag '--zzz'")]
    [InlineData("submit --cpus 0 -- true", "--cpus: '0': a whole number from 1 to 4096")]
    [InlineData("submit -c many -- true", "--cpus: 'many': a whole number from 1 to 4096")]
    [InlineData("submit --grace soon -- true", "--grace: 'soon': a time from 0s to 24h, such as 30s, 5m or 2h")]
    [InlineData("submit --grace -5 -- true", "--grace: '-5': a time from 0s to 24h, such as 30s, 5m or 2h")]
    [InlineData("submit --grace 999999999999 -- true", "--grace: '999999999999': a time from 0s to 24h, such as 30s, 5m or 2h")]
    [InlineData("submit --grace 25h -- true", "--grace: '25h': a time from 0s to 24h, such as 30s, 5m or 2h")]
    [InlineData("submit --name", "flag '--name' needs a value: NAME")]
    [InlineData("submit --name --hold -- true", "flag '--name' needs a value: NAME")]
    [InlineData("submit --hold=yes -- true", "flag '--hold' takes no value, but has 'yes'")]
    [InlineData(
        "submit --nice 10 -- true", "flag '--nice' isn't supported: use --priority N (higher starts earlier; nice 10 is --priority -10)")]
    [InlineData(
        "submit --mail-type END -- true", "flag '--mail-type' isn't supported: mail isn't supported yet; use 'gpusched wait ID && …'")]
    [InlineData("submit -N 0 -- true", "--nodes: '0': a whole number from 1 to 1024")]
    [InlineData("submit --gres=fpga:1 -- true", "--gres: 'fpga:1': gpu, gpu:COUNT or gpu:MODEL:COUNT")]
    [InlineData("submit --env =x -- true", "--env: '=x': NAME=value, or NAME of a variable set here")]
    [InlineData("submit --env MISSING -- true", "--env: 'MISSING': is not set here; write MISSING=value")]
    [InlineData("submit --", "submit: the command after '--' is missing; usage: gpusched submit [FLAGS] -- COMMAND [ARGS]")]
    [InlineData("queue -t SLEEPING --output json", null)]
    [InlineData("queue --output xml", "--output: 'xml': one of table, json, quiet")]
    [InlineData("queue 12", "queue: '12' is too much; usage: gpusched queue [FLAGS]")]
    [InlineData("wait", "wait: ID is missing; usage: gpusched wait [FLAGS] ID…")]
    [InlineData("cancel", "which jobs? usage: gpusched cancel ID…, or --me, --user NAME, --name NAME, --states LIST or --tier TIER")]
    [InlineData("wait --timeout 1177h 12", "--timeout: '1177h': a time from 0s to 1176h, such as 30s, 5m or 2h")]
    [InlineData("requeue", "which jobs? usage: gpusched requeue ID…, or --me, --user NAME, --name NAME, --states LIST or --tier TIER")]
    [InlineData(
        "submit --output json -- true",
        "--output: 'json': is the file that the job writes to; for the answer as JSON say --json, for a file of that name ./json")]
    [InlineData(
        "submit -o table -- true",
        "--output: 'table': is the file that the job writes to; for the answer as JSON say --json, for a file of that name ./table")]
    [InlineData("--server http://127.0.0.1:1", "a verb is missing after --server ('gpusched --help' lists them)")]
    [InlineData("--server http://127.0.0.1:1 nods", "unknown verb 'nods': did you mean 'nodes'? ('gpusched --help' lists them)")]
    [InlineData(
        "queue --server unix:/run/gpusched.sock",
        "--server: 'unix:/run/gpusched.sock': no command reaches a scheduler by a socket of this machine; allowed: an address such as "
            + "http://127.0.0.1:7070")]
    [InlineData("queue --server ftp://x", "--server: 'ftp://x': an address such as http://127.0.0.1:7070")]
    [InlineData(
        "queue --server 0.0.0.0:7071",
        "--server: 'http://0.0.0.0:7071': it is an address to listen on, not to call: http://127.0.0.1:7071 on the scheduler's own "
            + "machine, http://ITS-NAME:7071 on others")]
    [InlineData(
        "nodes --server http://[::]:7071",
        "--server: 'http://[::]:7071': it is an address to listen on, not to call: http://127.0.0.1:7071 on the scheduler's own "
            + "machine, http://ITS-NAME:7071 on others")]
    public async Task A_wrong_command_line_sends_nothing(string line, string? message)
    {
        var result = await new Cli().RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        if (message is not null)
            Assert.Equal($"gpusched: {message}\n", result.Error);
    }

    [Fact]
    public async Task What_is_far_too_long_is_not_echoed_whole()
    {
        var result = await new Cli().RunAsync("queue", "--output", new string('x', 5000));

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"gpusched: --output: '{new string('x', 79)}…': one of table, json, quiet\n", result.Error);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, 3)]
    [InlineData(StatusCode.FailedPrecondition, 3)]
    [InlineData(StatusCode.NotFound, 4)]
    [InlineData(StatusCode.PermissionDenied, 5)]
    [InlineData(StatusCode.Unauthenticated, 5)]
    [InlineData(StatusCode.ResourceExhausted, 75)]
    [InlineData(StatusCode.DeadlineExceeded, 124)]
    [InlineData(StatusCode.Internal, 1)]
    public async Task The_schedulers_answer_decides_the_exit_code(StatusCode status, int expected)
    {
        await using var scheduler = await FakeScheduler.StartAsync();
        scheduler.Jobs.Failures.Enqueue(new RpcException(new Status(status, "gpus: 999: at most 64")));

        var result = await new Cli(scheduler).RunAsync("submit", "--gpus", "999", "--", "true");

        Assert.Equal((expected, ""), (result.ExitCode, result.Out));
        Assert.StartsWith("gpusched: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_refused_job_gets_a_line()
    {
        await using var scheduler = await FakeScheduler.StartAsync();
        scheduler.Jobs.Failures.Enqueue(
            new RpcException(new Status(StatusCode.InvalidArgument, "gpus: 999: at most 64\nmemory: -5: a size such as 16GiB")));

        var result = await new Cli(scheduler).RunAsync("submit", "--gpus", "999", "--mem=-5", "--", "true");

        Assert.Equal("gpusched: gpus: 999: at most 64\ngpusched: memory: -5: a size such as 16GiB\n", result.Error);
    }

    [Fact]
    public async Task A_scheduler_that_takes_no_work_says_to_try_again()
    {
        await using var scheduler = await FakeScheduler.StartAsync();
        for (var i = 0; i < 4; i++)
            scheduler.Jobs.Failures.Enqueue(new RpcException(new Status(StatusCode.Unavailable, "the disk is full")));

        var result = await new Cli(scheduler).RunAsync("submit", "--", "true");

        Assert.Equal(new CliResult(75, "", "gpusched: the disk is full\n"), result);
    }

    [Fact]
    public async Task No_scheduler_is_told_apart_from_a_refusal()
    {
        var scheduler = await FakeScheduler.StartAsync();
        await scheduler.DisposeAsync();

        var result = await new Cli(scheduler).RunAsync("queue");

        Assert.Equal(69, result.ExitCode);
        Assert.Equal(
            $"gpusched: no scheduler answers at {scheduler.Address}: start one with 'gpusched up', or name another with --server or "
                + "GPUSCHED_SERVER\n", result.Error);
    }
}
