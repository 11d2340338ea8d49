using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

public sealed class FencingTests
{
    [Fact]
    public async Task A_dispatch_said_twice_starts_once_and_is_reported_again()
    {
        await using var worker = await TestWorker.StartAsync();
        var count = Path.Combine(worker.Folder.Path, "count");
        var job = A.Shell($"echo one >>{count}; exec sleep 1000");
        await worker.Talk.DispatchAsync(job);
        // Said again before the start was reported, it would be answered by that report.
        await worker.Talk.StartOfAsync(job);

        await worker.Talk.DispatchAsync(job);
        await worker.Talk.UntilAsync(_ => worker.Talk.Of(job).Count(report => report.Started is not null) == 2, "the start reported again");

        Assert.Single(worker.Talk.Of(job).Select(report => report.Started.Pid).Distinct());
        Assert.Equal("one", await Processes.LineAsync(count));
    }

    [Fact]
    public async Task An_ended_attempt_dispatched_again_is_answered_with_its_end()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("exit 4");
        await worker.RunAsync(job);

        await worker.Talk.DispatchAsync(job);
        await worker.Talk.UntilAsync(_ => worker.Talk.Of(job).Count(report => report.Ended is not null) == 2, "the end reported again");

        Assert.All(worker.Talk.Of(job).Where(report => report.Ended is not null), report => Assert.Equal(4, report.Ended.ExitCode));
    }

    [Fact]
    public async Task A_newer_attempt_ends_the_older_before_it_starts()
    {
        await using var worker = await TestWorker.StartAsync();
        var first = A.Shell("trap '' TERM; while :; do sleep 0.05; done");
        var second = first.Clone().With(job =>
        {
            job.Attempt = 2;
            job.Spec.Command[2] = "exit 0";
        });
        await worker.Talk.DispatchAsync(first);
        await worker.Talk.StartOfAsync(first);

        await worker.RunAsync(second);

        var ended = await worker.Talk.EndOfAsync(first);
        var order = worker.Talk.Reports.Where(report => report.JobId == first.JobId).ToList();
        Assert.Equal(EndCause.Fenced, ended.Cause);
        Assert.True(
            order.FindIndex(report => report is { Attempt: 1, Ended: not null }) < order.FindIndex(
                report => report is { Attempt: 2, Started: not null }));
    }

    [Fact]
    public async Task A_number_below_one_seen_starts_nothing()
    {
        await using var worker = await TestWorker.StartAsync();
        var second = A.Command("true").With(job => job.Attempt = 2);
        var first = second.Clone().With(job => job.Attempt = 1);
        await worker.RunAsync(second);

        await worker.Talk.DispatchAsync(first);
        await worker.RunAsync(A.Command("true"));

        Assert.Empty(worker.Talk.Of(first));
    }

    [Fact]
    public async Task An_attempt_whose_folder_is_gone_is_answered_with_that_instead_of_nothing()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell("exit 4");
        await worker.RunAsync(job);
        Directory.Delete(worker.Data.Attempt(new(job.JobId, 1)).Path, recursive: true);

        await worker.Talk.DispatchAsync(job);
        await worker.Talk.UntilAsync(_ => worker.Talk.Of(job).Count(report => report.Ended is not null) == 2, "an answer");

        var answer = worker.Talk.Of(job)[^1].Ended;
        Assert.Equal(EndCause.LaunchFailed, answer.Cause);
        Assert.Contains("has been on this node already", answer.Message, StringComparison.Ordinal);
        Assert.Contains(worker.Data.Attempt(new(job.JobId, 1)).Path, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_older_attempt_whose_folder_is_gone_nothing_is_told()
    {
        await using var worker = await TestWorker.StartAsync();
        var first = A.Command("true");
        await worker.RunAsync(first);
        await worker.RunAsync(first.Clone().With(job => job.Attempt = 2));
        Directory.Delete(worker.Data.Attempt(new(first.JobId, 1)).Path, recursive: true);

        await worker.Talk.DispatchAsync(first);
        await worker.RunAsync(A.Command("true"));

        Assert.Single(worker.Talk.Of(first), report => report.Ended is not null);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("")]
    public async Task An_id_that_cannot_be_a_folder_is_refused(string id)
    {
        await using var worker = await TestWorker.StartAsync();

        await worker.Talk.DispatchAsync(A.Command("true").With(job => job.JobId = id));
        await worker.RunAsync(A.Command("true"));

        Assert.DoesNotContain(worker.Talk.Reports, report => report.JobId == id);
    }
}
