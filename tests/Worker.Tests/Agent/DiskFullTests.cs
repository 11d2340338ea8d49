using GpuScheduler.Protos.V1;
using GpuScheduler.Testing.Disks;
using GpuScheduler.Worker.Reports;
using GpuScheduler.Worker.Tests.Fixture;
using Microsoft.Extensions.Logging.Abstractions;

namespace GpuScheduler.Worker.Tests.Agent;

/// <summary>A data directory on a disk that is full for a while.</summary>
public sealed class DiskFullTests
{
    [SmallDiskFact]
    public async Task A_launch_that_the_disk_has_no_room_for_is_the_nodes_fault_and_the_next_one_works()
    {
        using var disk = new SmallDisk(2);
        await using var worker = await TestWorker.StartAsync(data: Path.Combine(disk.Path, "data"));
        await worker.RunAsync(A.Command("true"));
        disk.Fill();

        var refused = await worker.RunAsync(A.Command("true"));
        disk.Empty();
        var job = A.Shell("exit 3");
        var ended = await worker.RunAsync(job);

        Assert.Equal((EndCause.LaunchFailed, false), (refused.Cause, refused.HasExitCode));
        Assert.StartsWith("this node could not start the attempt: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(worker.Data.Attempts, refused.Message, StringComparison.Ordinal);
        Assert.Equal((EndCause.Exited, 3), (ended.Cause, ended.ExitCode));
    }

    [SmallDiskFact]
    public async Task A_job_that_fills_the_disk_ends_with_its_own_status()
    {
        using var disk = new SmallDisk(2);
        await using var worker = await TestWorker.StartAsync(data: Path.Combine(disk.Path, "data"));
        var job = A.Shell("while echo 'as much as fits, and then some'; do :; done 2>/dev/null; exit 7");

        var ended = await worker.RunAsync(job);

        Assert.Equal((EndCause.Exited, 7), (ended.Cause, ended.ExitCode));
    }

    [SmallDiskFact]
    public async Task An_agent_starts_again_on_a_full_disk_and_tells_what_has_ended()
    {
        using var disk = new SmallDisk(2);
        await using var scheduler = await FakeScheduler.StartAsync();
        var data = Path.Combine(disk.Path, "data");
        var go = Path.Combine(Path.GetDirectoryName(disk.Path)!, Path.GetFileName(disk.Path) + ".go");
        var job = A.Shell($"while [ ! -e {go} ]; do sleep 0.02; done; exit 5");
        using (var first = new AgentProcess(scheduler.Address, data))
        {
            await scheduler.Talk.DispatchAsync(job);
            await scheduler.Talk.StartOfAsync(job);
            await first.KillAsync();
        }

        disk.Fill();
        File.WriteAllText(go, "");
        using var second = new AgentProcess(scheduler.Address, data);
        var ended = await scheduler.Talk.EndOfAsync(job);
        File.Delete(go);

        Assert.Equal((EndCause.Exited, 5), (ended.Cause, ended.ExitCode));
        Assert.Equal(0, await second.TerminateAsync());
        ControlGroups.Remove(new(data));
    }

    [SmallDiskFact]
    public async Task Reports_of_the_time_without_room_are_sent_at_once_and_kept_when_there_is_room_again()
    {
        using var disk = new SmallDisk(1);
        await using (var outbox = Open(disk))
        {
            Assert.True(await outbox.AppendAsync(Report(1)));
            disk.Fill();
            // Whatever is left of the last block.
            var attempt = 2;
            while (await outbox.AppendAsync(Report(attempt)))
                attempt++;
            Assert.Equal(attempt, (await outbox.TakeAfterAsync(0, CancellationToken.None)).Count);
            disk.Empty();
            Assert.True(await outbox.AppendAsync(Report(attempt + 1)));
        }

        await using var later = Open(disk);
        var kept = await later.TakeAfterAsync(0, CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, kept.Count), kept.Select(report => report.Attempt));
        Assert.Equal(kept.Select(report => (long)report.Attempt), kept.Select(report => report.Sequence));
        Assert.True(kept.Count > 2);
    }

    [SmallDiskFact]
    public async Task Reports_reach_the_disk_without_a_new_one_that_pushes_them()
    {
        using var disk = new SmallDisk(1);
        var attempt = 1;
        await using (var outbox = Open(disk))
        {
            disk.Fill();
            while (await outbox.AppendAsync(Report(attempt)))
                attempt++;
            disk.Empty();
            var file = Directory.GetFiles(Path.Combine(disk.Path, "outbox")).Single();
            var before = new FileInfo(file).Length;
            await Processes.UntilAsync(() => new FileInfo(file).Length > before, "the report on disk");
        }

        await using var later = Open(disk);
        Assert.Equal(attempt, (await later.TakeAfterAsync(0, CancellationToken.None))[^1].Attempt);
    }

    private static Outbox Open(SmallDisk disk) =>
        new(Directory.CreateDirectory(Path.Combine(disk.Path, "outbox")).FullName, TimeProvider.System, NullLogger<Outbox>.Instance);

    private static Report Report(int attempt) =>
        new() { JobId = "12", Attempt = attempt, Ended = new() { Cause = EndCause.Exited, ExitCode = 0, Message = new('x', 200) } };
}
