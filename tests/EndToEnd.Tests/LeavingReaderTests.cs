using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Who reads a long log leaves when the interesting line has come: nothing about that belongs in the scheduler's log.</summary>
public sealed class LeavingReaderTests
{
    [Fact]
    public async Task ReadersWhoLeaveALongLog_AreNoErrors()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        var job = await lab.Submit(Lab.Shell("head -c 64M /dev/zero"));
        await lab.JobIs(job, JobState.Completed);

        for (var reader = 0; reader < 20; reader++) await ReadABitOf(lab, job);
        await lab.Scheduler.Terminate();

        Assert.DoesNotContain(await lab.Scheduler.AllLines(), line => line.Contains(" ERR] ", StringComparison.Ordinal));
    }

    private static async Task ReadABitOf(Lab lab, string job)
    {
        using var call = lab.Jobs.StreamLogs(new StreamLogsRequest { Id = job }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }
}
