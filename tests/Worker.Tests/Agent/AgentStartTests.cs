using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Agent;

/// <summary>How the agent starts and ends, as a real process.</summary>
public sealed class AgentStartTests : AgentTests
{
    [Fact]
    public async Task Sigterm_leaves_jobs_running_unless_told_otherwise()
    {
        var job = Waiting();
        using var first = Start();
        await Talk.DispatchAsync(job);
        var pid = int.Parse(await Processes.LineAsync(Go + ".pid"));

        var code = await first.TerminateAsync();
        Assert.Equal((0, true), (code, Processes.IsAlive(pid)));
        using var second = Start("--stop-attempts-on-exit");
        await Talk.UntilAsync(_ => Talk.Hellos.Count == 2, "the second agent");
        Assert.Equal(0, await second.TerminateAsync());

        Assert.False(Processes.IsAlive(pid));
        Assert.Equal(EndCause.Drained, (await Talk.EndOfAsync(job)).Cause);
    }

    /// <summary>A scheduler gives a job on as soon as it has heard of its end, and may not have heard yet that the worker leaves.</summary>
    [Fact]
    public async Task An_agent_that_ends_its_attempts_says_so_and_begins_no_other()
    {
        var slow = A.Shell($"trap 'while [ ! -e {Go} ]; do sleep 0.02; done; exit 3' TERM; echo $$ >{Go}.pid; while :; do sleep 0.02; done");
        slow.Grace = Duration.FromTimeSpan(TimeSpan.FromMinutes(1));
        var late = A.Command("true");
        using var agent = Start("--stop-attempts-on-exit");
        await Talk.DispatchAsync(slow);
        await Processes.LineAsync(Go + ".pid");

        var code = agent.TerminateAsync();
        await Talk.FirstAsync(heard => heard.FirstOrDefault(message => message.Leaving is not null), "that the worker leaves");
        await Talk.DispatchAsync(late);
        Assert.Equal(EndCause.Drained, (await Talk.EndOfAsync(late)).Cause);
        await File.WriteAllTextAsync(Go, "", TestContext.Current.CancellationToken);

        Assert.Equal(0, await code);
        Assert.Equal(EndCause.Drained, (await Talk.EndOfAsync(slow)).Cause);
        Assert.False(Directory.Exists(Path.Combine(Data, "attempts", $"{late.JobId}.{late.Attempt}")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_agent_whose_terminal_closes_or_that_is_told_to_quit_stops_in_good_order(int signal)
    {
        using var agent = Start();
        await Talk.UntilAsync(_ => Talk.Hellos.Count == 1, "the agent");

        // A signal that nothing takes would end it with another status, and without a word.
        Assert.Equal(0, await agent.EndAsync(signal));
        Assert.Contains("The worker stops", await agent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_agent_on_the_same_data_is_refused()
    {
        using var first = Start();
        await Talk.UntilAsync(_ => Talk.Hellos.Count == 1, "the first agent");

        using var second = Start();

        Assert.Equal(2, await second.ExitAsync());
        Assert.Contains("is in use by another gpusched-worker", await second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_the_agent_was_started_with_are_not_handed_to_jobs()
    {
        var job = A.Command("ls", "/proc/self/fd");
        using var agent = AgentProcess.StartWithOpenFile(Server, Data);
        await Talk.DispatchAsync(job);
        await Talk.EndOfAsync(job);

        // Input, output, error, and the folder that ls itself reads.
        Assert.Equal(["0", "1", "2", "3"], File.ReadAllLines(Path.Combine(Data, "attempts", $"{job.JobId}.1", "stdout")));
    }

    [Theory]
    [InlineData("--cgroup", "maybe", "--cgroup is 'maybe'; allowed: auto, off")]
    [InlineData("--supervisor", "bash", "--supervisor is 'bash'; allowed: auto, shell")]
    [InlineData(
        "--address", "http://lab",
        "--address is 'http://lab'; allowed: a host name or an IP address that the other nodes reach, without a port")]
    [InlineData("--keep-checkpoints", "a while", "--keep-checkpoints is 'a while'; allowed: a whole number and d, h, m or s")]
    [InlineData("--log-limit", "-1GiB", "--log-limit is '-1GiB'; allowed: a number with the unit MiB")]
    [InlineData("--server", "ftp://x", "--server is 'ftp://x'")]
    [InlineData("--log-level", "loud", "--log-level is 'loud'; allowed: debug")]
    [InlineData("--inventory", "/no/such.yaml", "'/no/such.yaml' doesn't exist")]
    public async Task Bad_flags_end_with_2_and_a_message(string flag, string value, string complaint)
    {
        using var agent = new AgentProcess(new("http://127.0.0.1:1"), Data, flag, value);

        Assert.Equal(2, await agent.ExitAsync());
        Assert.Contains(complaint, await agent.Error, StringComparison.Ordinal);
    }
}
