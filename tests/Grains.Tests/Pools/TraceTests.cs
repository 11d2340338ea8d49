using System.Diagnostics;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Observability;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>A cycle that serves several callers is seen in the trace of each, and a dispatch in that of its submission.</summary>
public sealed class TraceTests
{
    private static readonly string s_ada = Traceparent();
    private static readonly string s_bob = Traceparent();

    [Fact]
    public async Task Each_caller_of_a_cycle_has_commit_and_dispatch_in_its_own_trace()
    {
        using var spans = new RecordedSpans();
        await using var pool = await PoolUnderTest.Start();

        await Cycles.InOne(
            pool, () => pool.Pool.Apply(Submit(s_ada)), () => pool.Pool.Apply(Submit(null)), () => pool.Pool.Apply(Submit(s_bob)));
        var worker = await pool.Join("lab");
        for (var i = 0; i < 4; i++) await worker.Next<PoolEffect.Dispatch>();

        foreach (var caller in new[] { s_ada, s_bob })
        {
            var ofPool = spans.Only("pool", caller);
            Assert.Equal(caller, ofPool.ParentId);
            Assert.Equal(ofPool.Id, spans.Only("commit", caller).ParentId);
            Assert.Equal(ofPool.Id, spans.Only("dispatch", caller).ParentId);
        }

        Assert.Equal((2, 2), (spans.All("pool").Count, spans.All("commit").Count));
    }

    [Fact]
    public async Task A_commit_is_as_long_as_it_took()
    {
        using var spans = new RecordedSpans();
        await using var pool = await PoolUnderTest.Start();
        var began = pool.Clock.GetUtcNow().UtcDateTime;
        var held = pool.Commits.Close();
        var submitted = pool.Pool.Apply(Submit(s_ada));
        await held;
        pool.Clock.Advance(TimeSpan.FromMilliseconds(500));
        pool.Commits.Open();
        await submitted;

        var commit = spans.Only("commit", s_ada);
        Assert.Equal((began, TimeSpan.FromMilliseconds(500)), (commit.StartTimeUtc, commit.Duration));
        Assert.Equal(TimeSpan.FromMilliseconds(500), spans.Only("pool", s_ada).Duration);
    }

    [Fact]
    public async Task A_dispatch_belongs_to_its_submission_however_much_later_it_comes()
    {
        using var spans = new RecordedSpans();
        await using var pool = await PoolUnderTest.Start();
        await pool.Pool.Apply(Submit(s_ada, Drafts.Cpu with { Array = "0-1" }));
        await pool.Submit(Drafts.Cpu);
        var worker = await pool.Join("lab");

        for (var i = 0; i < 3; i++) await worker.Next<PoolEffect.Dispatch>();

        var told = worker.Traces.ToList();
        Assert.Equal(3, told.Count);
        Assert.Single(told, trace => trace is null);
        var dispatches = spans.All("dispatch");
        Assert.Equal(told.OfType<string>().Order(), dispatches.Select(span => span.Id!).Order());
        Assert.All(dispatches, span => Assert.Equal(spans.Only("pool", s_ada).Id, span.ParentId));
        Assert.Equal(["1_0", "1_1"], dispatches.Select(span => span.GetTagItem("gpusched.job")).Order());
    }

    [Fact]
    public async Task Nothing_is_made_while_nobody_listens()
    {
        await using var pool = await PoolUnderTest.Start();
        await pool.Pool.Apply(Submit(s_ada));
        var worker = await pool.Join("lab");

        await worker.Next<PoolEffect.Dispatch>();

        Assert.False(PoolTracing.Source.HasListeners());
        Assert.Equal([null], worker.Traces);
    }

    [Fact]
    public void Only_the_newest_jobs_are_remembered()
    {
        var jobs = new TracedJobs();
        for (var number = 1; number <= 10_001; number++) jobs.Add([new AdmittedJob(number, 1, "training", null, [])], $"t{number}");
        jobs.Add([new AdmittedJob(2, 1, "training", null, [])], "a repeat");

        Assert.Null(jobs.Find(new JobId(1)));
        Assert.Equal("t2", jobs.Find(new JobId(2, 7)));
        Assert.Equal("t10001", jobs.Find(new JobId(10_001)));
    }

    private static PoolCall Submit(string? trace, JobDraft? draft = null) =>
        PoolCall.Of(new PoolInput.Submit([new JobSubmission(draft ?? Drafts.Cpu, "")])) with { Trace = trace };

    private static string Traceparent() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";
}
