using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

/// <summary>Attempts that the worker can't follow any more, for a reason that nothing foresaw.</summary>
public sealed class BrokenAttemptTests
{
    [Fact]
    public async Task It_is_ended_and_its_supervisor_is_reaped_at_the_latest_with_the_next_end()
    {
        using var folder = new TemporaryFolder();
        await using var shelf = await Shelf.OpenAsync(new(Path.Combine(folder.Path, "data")));
        await shelf.ServeAsync(new("aaaa", 1), takesOld: false);
        var broken = shelf.InService!;
        var job = A.Shell("exec sleep 1000");
        broken.Attempts.Start(job);
        var started = (await broken.Outbox.TakeAfterAsync(0, CancellationToken.None)).Select(report => report.Started).First();

        // A closed outbox throws: so does the first report about the stop.
        await broken.Outbox.DisposeAsync();
        broken.Attempts.Stop(new StopAttempt { JobId = job.JobId, Attempt = 1, Cause = EndCause.Cancelled, Grace = job.Grace });

        await Processes.UntilAsync(() => broken.Attempts.Running.Count == 0, "the broken attempt's end");
        Assert.DoesNotContain(ProcFs.Processes(), process => process.Session == started.Pid && process.Pid != started.Pid);
        await shelf.ServeAsync(new("bbbb", 1), takesOld: false);
        await Processes.UntilAsync(
            () =>
            {
                shelf.InService!.Attempts.Start(A.Command("true"));
                return ProcessStat.Read((int)started.Pid) is null;
            },
            "the supervisor to be reaped");
    }
}
