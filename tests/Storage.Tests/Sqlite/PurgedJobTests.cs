using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Testing;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>What people are told of jobs that were purged, before the scheduler's next start and after it.</summary>
public sealed class PurgedJobTests : IAsyncLifetime
{
    private const string Forgotten = "(jobs that ended are forgotten after history.keep: 180 days)";
    private static readonly DateTimeOffset Morning = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken Cancel = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    private readonly StoreFolder _folder = new();
    private readonly PoolEngine _engine = new(new PoolConfig());
    private SqlitePoolStore _store = null!;
    private StoredPool _opened = null!;
    private PoolState _state = null!;

    /// <summary>Job 1 has ended, long ago, and is purged; job 2 waits.</summary>
    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        await Take(new PoolInput.Submit([new JobSubmission(Drafts.Training(), ""), new JobSubmission(Drafts.Training(), "")]));
        await Take(new PoolInput.Cancel(["1"], "ann", ""));
        Assert.Equal(1, (await _store.PurgeAsync(0, Morning.AddDays(1), Cancel)).Removed);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Requeue_SaysToSubmitItAgain()
    {
        Assert.Equal(("job 1 has ended (CANCELLED): submit it again", true), await RequeueAsync());

        await RestartAsync();

        Assert.Equal(($"no such job: 1 {Forgotten}", false), await RequeueAsync());
    }

    [Fact]
    public async Task Dependency_IsRefusedByNumber()
    {
        await RestartAsync();

        var reply = await Take(new PoolInput.Submit([new JobSubmission(Drafts.Training() with { Dependency = "afterany:1" }, "")]));

        var fault = Assert.Single(Assert.IsType<PoolReply.Rejected>(reply).Faults);
        Assert.Equal(("dependency", "1"), (fault.Field, fault.Value));
        Assert.Equal($"a job of this pool; no job has that number {Forgotten}", fault.Allowed);
    }

    /// <summary>It was admitted while the job was known.</summary>
    [Fact]
    public async Task DependencyOfAWaitingJob_IsMetOrNot_AndNeverForgottenInSilence()
    {
        await Take(new PoolInput.Submit([new JobSubmission(Drafts.Training() with { Dependency = "afterok:2" }, "")]));
        await Take(new PoolInput.Cancel(["2"], "ann", ""));

        var stored = Assert.Single(await _store.FindJobsAsync(new JobQuery { Ids = [new JobId(3)] }, Cancel));

        Assert.Equal(JobState.Cancelled, stored.Job.State);
        Assert.Contains("2", stored.Job.ReasonText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NumberThatWasNeverGivenOut_IsNotCalledForgotten()
    {
        var reply = Assert.IsType<PoolReply.Outcomes>(await Take(new PoolInput.Requeue(["99"], "ann")));

        Assert.Equal("no such job: 99", Assert.Single(reply.Jobs).Message);
    }

    private async Task<(string Message, bool Found)> RequeueAsync()
    {
        var ended = _state.EndedAmong(["1"]);
        var found = ended.Count == 0 ? [] : await _store.FindJobsAsync(new JobQuery { Ids = ended, EndedOnly = true }, Cancel);
        Assert.Empty(found);
        var reply = Assert.IsType<PoolReply.Outcomes>(await Take(new PoolInput.Requeue(["1"], "ann")));
        var outcome = Assert.Single(reply.Jobs);
        Assert.False(outcome.Changed);
        return (outcome.Message, outcome.Found);
    }

    private async Task StartAsync()
    {
        _store = SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());
        _opened = await _store.OpenAsync(Cancel);
        _state = PoolState.Load(new PoolConfig(), _opened, Morning);
    }

    private async Task RestartAsync()
    {
        await _store.DisposeAsync();
        await StartAsync();
    }

    private async Task<PoolReply?> Take(PoolInput input)
    {
        var step = _engine.Step(_state, [input], Morning);
        if (step.Changes.Count > 0) await _store.CommitAsync(_opened.Epoch, step.Changes, Cancel);
        return Assert.Single(step.Replies);
    }
}
