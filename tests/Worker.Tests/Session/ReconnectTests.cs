using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Session;

public sealed class ReconnectTests
{
    [Fact]
    public async Task A_hello_tells_what_the_node_has()
    {
        await using var worker = await TestWorker.StartAsync();

        await worker.Talk.UntilAsync(_ => worker.Talk.Hellos.Count == 1, "a hello");

        var hello = worker.Talk.Hellos[0];
        Assert.Equal(("node-a", 64), (hello.Node, hello.Inventory.CpuCores));
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), hello.BootId);
    }

    [Fact]
    public async Task Heartbeats_name_what_is_held()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Command("sleep", "1000");

        await worker.Talk.DispatchAsync(job);

        await worker.Talk.UntilAsync(
            heard => heard.Any(message => message.Heartbeat?.Attempts.Any(held => held.JobId == job.JobId && held.Running) == true),
            "a heartbeat with the attempt");
    }

    [Fact]
    public async Task Attempts_go_on_without_a_scheduler_and_their_reports_arrive_later()
    {
        await using var worker = await TestWorker.StartAsync(talk => talk.Acknowledges = false);
        var go = Path.Combine(worker.Folder.Path, "go");
        var job = A.Shell($"while [ ! -e {go} ]; do sleep 0.02; done; exit 6");
        await worker.Talk.DispatchAsync(job);
        var started = await worker.Talk.StartOfAsync(job);

        worker.Talk.EndSessions();
        await worker.Talk.UntilAsync(_ => worker.Talk.Hellos.Count >= 2, "a second session");
        worker.Talk.Acknowledges = true;
        File.WriteAllText(go, "");
        var ended = await worker.Talk.EndOfAsync(job);

        Assert.Equal(6, ended.ExitCode);
        Assert.True(
            worker.Talk.Of(job).Count(report => report.Started?.Pid == started.Pid) >= 2, "the unacknowledged start was sent again");
        Assert.Contains(worker.Talk.Hellos[1].Attempts, held => held.JobId == job.JobId && held.Running);
    }

    [Fact]
    public async Task Reports_already_durable_are_not_sent_again()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Command("true");
        await worker.RunAsync(job);

        worker.Talk.EndSessions();
        await worker.Talk.UntilAsync(_ => worker.Talk.Hellos.Count >= 2, "a second session");
        await worker.RunAsync(A.Command("true"));

        Assert.Single(worker.Talk.Of(job), report => report.Ended is not null);
    }

    [Fact]
    public async Task A_lease_that_runs_out_stops_attempts_only_where_the_scheduler_said_so()
    {
        await using var worker = await TestWorker.StartAsync(talk =>
        {
            talk.Welcome.Lease = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromMilliseconds(500));
            talk.Welcome.StopWhenLeaseExpires = true;
        });
        var job = A.Command("sleep", "1000");
        await worker.Talk.DispatchAsync(job);

        var ended = await worker.Talk.EndOfAsync(job);

        Assert.Equal(Protos.V1.EndCause.NodeLost, ended.Cause);
    }
}
