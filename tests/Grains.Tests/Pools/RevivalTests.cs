using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>An ended job is in the store alone until somebody wants it to run again.</summary>
public sealed class RevivalTests
{
    [Fact]
    public async Task Requeue_OfAnEndedJob_RunsItAgainUnderTheNextAttempt()
    {
        await using var pool = await PoolUnderTest.Start();
        var worker = await pool.Join("lab");
        var job = await pool.SubmitOne(Drafts.Training);
        var first = (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt;
        await worker.Report(1, first, new AttemptEvent.Started(null));
        await worker.Report(2, first, new AttemptEvent.Ended(EndCause.Exited, 0, null, ""));
        Assert.Empty((await pool.Pool.GetJobs(new() { Ids = [job] })).Jobs);
        await worker.Next<PoolEffect.AckReports>();
        await worker.Next<PoolEffect.AckReports>();

        var answer = await pool.Pool.Apply(PoolCall.Of(new PoolInput.Requeue([$"{job}"], "ada")));

        Assert.True(Assert.Single(Assert.IsType<PoolReply.Outcomes>(answer.Reply).Jobs).Changed);
        Assert.Equal(new AttemptId(job, 2), (await worker.Next<PoolEffect.Dispatch>()).Order.Attempt);
    }
}
