using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Retry;

namespace GpuScheduler.Core.Tests.Retry;

public sealed class RetryPolicyTests
{
    private static readonly RetryConfig Config = new();

    private static RetryFacts Exit(int code, bool progress = false, int failures = 0, double seconds = 60) => new()
    {
        Cause = EndCause.Exited,
        ExitCode = code,
        Signal = code > 128 ? code - 128 : null,
        Checkpointed = true,
        Progress = progress,
        Failures = failures,
        Retries = 2,
        RunTime = TimeSpan.FromSeconds(seconds),
    };

    [Theory]
    [InlineData(0, false, 0, RetryVerdict.Complete, 0)]
    [InlineData(0, false, 2, RetryVerdict.Complete, 2)]
    [InlineData(1, false, 0, RetryVerdict.Again, 1)]
    [InlineData(1, false, 1, RetryVerdict.Again, 2)]
    [InlineData(1, false, 2, RetryVerdict.Fail, 3)]
    [InlineData(1, true, 2, RetryVerdict.Again, 0)]
    [InlineData(137, false, 2, RetryVerdict.Fail, 3)]
    [InlineData(85, true, 2, RetryVerdict.Again, 0)]
    [InlineData(85, false, 0, RetryVerdict.Again, 1)]
    [InlineData(85, false, 2, RetryVerdict.Fail, 3)]
    public void An_exit_is_judged_by_its_status_and_its_progress(int code, bool progress, int before, object verdict, int after)
    {
        var decision = RetryPolicy.Decide(Exit(code, progress, before), Config);

        Assert.Equal(((RetryVerdict)verdict, after), (decision.Verdict, decision.Failures));
    }

    [Theory]
    [InlineData(EndCause.NodeLost)]
    [InlineData(EndCause.Drained)]
    [InlineData(EndCause.Preempted)]
    [InlineData(EndCause.Requeued)]
    [InlineData(EndCause.Fenced)]
    public void What_others_do_to_a_job_never_uses_its_budget(EndCause cause)
    {
        var decision = RetryPolicy.Decide(Exit(143, failures: 2) with { Cause = cause }, Config);

        Assert.Equal((RetryVerdict.Again, 2, TimeSpan.Zero), (decision.Verdict, decision.Failures, decision.Delay));
    }

    [Theory]
    [InlineData(EndCause.Cancelled, EndCause.Cancelled, 143, RetryVerdict.Cancel)]
    [InlineData(EndCause.Exited, EndCause.Cancelled, 0, RetryVerdict.Complete)]
    [InlineData(EndCause.Exited, EndCause.Cancelled, 1, RetryVerdict.Cancel)]
    [InlineData(EndCause.NodeLost, EndCause.Cancelled, null, RetryVerdict.Cancel)]
    [InlineData(EndCause.LaunchFailed, EndCause.Cancelled, null, RetryVerdict.Cancel)]
    [InlineData(EndCause.TimeLimit, EndCause.Cancelled, 143, RetryVerdict.Cancel)]
    [InlineData(EndCause.Exited, EndCause.Requeued, 1, RetryVerdict.Again)]
    [InlineData(EndCause.Exited, EndCause.Drained, 0, RetryVerdict.Complete)]
    [InlineData(EndCause.TimeLimit, EndCause.Requeued, 143, RetryVerdict.Timeout)]
    [InlineData(EndCause.TimeLimit, null, 143, RetryVerdict.Timeout)]
    public void An_end_that_races_a_stop_is_decided_by_who_came_first(EndCause cause, EndCause? asked, int? code, object verdict)
    {
        var decision = RetryPolicy.Decide(Exit(0) with { Cause = cause, StopCause = asked, ExitCode = code }, Config);

        Assert.Equal((RetryVerdict)verdict, decision.Verdict);
    }

    [Theory]
    [InlineData(2, 2, 1.0, false, RetryVerdict.Fail)]
    [InlineData(2, 3, 1.0, false, RetryVerdict.Again)]
    [InlineData(2, null, 1.0, false, RetryVerdict.Again)]
    [InlineData(2, 2, 11.0, false, RetryVerdict.Again)]
    [InlineData(2, 2, 1.0, true, RetryVerdict.Again)]
    [InlineData(137, 137, 1.0, false, RetryVerdict.Again)]
    public void The_same_quick_mistake_twice_ends_it(int code, int? before, double seconds, bool progress, object verdict)
    {
        var decision = RetryPolicy.Decide(Exit(code, progress, 1, seconds) with { PreviousQuickError = before, Retries = 9 }, Config);

        Assert.Equal((RetryVerdict)verdict, decision.Verdict);
    }

    [Fact]
    public void Out_of_memory_is_a_failure_with_a_name_of_its_own()
    {
        var facts = Exit(137) with { Cause = EndCause.OutOfMemory };

        Assert.Equal(RetryVerdict.Again, RetryPolicy.Decide(facts, Config).Verdict);
        var last = RetryPolicy.Decide(facts with { Failures = 2 }, Config);
        Assert.Equal((RetryVerdict.OutOfMemory, Reason.OutOfMemory), (last.Verdict, last.Reason));
        Assert.Contains("--mem", last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Launch_failures_are_counted_apart_and_park_the_job_at_their_limit()
    {
        var facts = Exit(0) with { Cause = EndCause.LaunchFailed, ExitCode = null, Failures = 2 };

        var first = RetryPolicy.Decide(facts, Config);
        var last = RetryPolicy.Decide(facts with { LaunchFailures = Config.JobLaunchFailures - 1 }, Config);

        Assert.Equal((RetryVerdict.Again, 2, 1), (first.Verdict, first.Failures, first.LaunchFailures));
        Assert.Equal((RetryVerdict.Park, Reason.JobLaunchFailure), (last.Verdict, last.Reason));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(6, 320)]
    [InlineData(7, 600)]
    [InlineData(900, 600)]
    public void The_wait_doubles_up_to_its_longest(int failuresBefore, double seconds)
    {
        var decision = RetryPolicy.Decide(Exit(1, failures: failuresBefore) with { Retries = 1000 }, Config);

        Assert.Equal(TimeSpan.FromSeconds(seconds), decision.Delay);
    }
}
