using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Storage.Sqlite;

namespace GpuScheduler.Simulation.Tests.Support;

/// <summary>A store as a live scheduler leaves it: the engine's own changes, committed step by step.</summary>
internal sealed class Recorded : IAsyncDisposable
{
    public static readonly DateTimeOffset Evening = new(2026, 3, 2, 20, 0, 0, TimeSpan.Zero);

    private readonly PoolEngine engine = new(new PoolConfig());
    private readonly SqlitePoolStore store;
    private PoolState state = null!;
    private long epoch;
    private long sequence;

    private Recorded(string path) => store = SqlitePoolStore.Open(path, new Clock());

    public string Path => store.Path;

    public DateTimeOffset Now { get; private set; } = Evening;

    /// <summary>With one machine of two A100.</summary>
    public static async Task<Recorded> StartAsync(string path)
    {
        var recorded = new Recorded(path);
        var pool = await recorded.store.OpenAsync(CancellationToken.None);
        recorded.epoch = pool.Epoch;
        recorded.state = PoolState.Load(new PoolConfig(), pool, Evening);
        await recorded.JoinAsync("box", "NVIDIA A100-SXM4-80GB", 80, 2);
        return recorded;
    }

    public Task JoinAsync(string node, string model, int gib, int cards) =>
        StepAsync(new PoolInput.NodeJoined(new(node), $"{node}-1", "boot", "1", new(16, 65_536, 0,
        [.. Enumerable.Range(0, cards).Select(card => new AnnouncedDevice($"GPU-{node}-{card}", model, gib * 1024L, null))]), []));

    /// <returns>Its number.</returns>
    public async Task<long> SubmitAsync(JobDraft draft)
    {
        var replies = await StepAsync(new PoolInput.Submit([new(draft with { User = "ada", Command = ["work"] }, "")]));
        return ((PoolReply.Submitted)replies[0]!).Jobs[0].Number;
    }

    public Task StartAsync(long job) => ReportAsync(job, new AttemptEvent.Started(null));

    public Task EndAsync(long job, int exitCode = 0) => ReportAsync(job, new AttemptEvent.Ended(EndCause.Exited, exitCode, null, ""));

    public Task KeepRulesAsync(string file, string text) => store.SaveRulesAsync(new(file, text), CancellationToken.None);

    public void Pass(TimeSpan time) => Now += time;

    public async Task<IReadOnlyList<PoolReply?>> StepAsync(params PoolInput[] inputs)
    {
        var result = engine.Step(state, inputs, Now);
        await store.CommitAsync(epoch, result.Changes, CancellationToken.None);
        return result.Replies;
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private Task ReportAsync(long job, AttemptEvent happened)
    {
        var attempt = state.Jobs.Single(one => one.Id.Number == job).Attempt!;
        return StepAsync(new PoolInput.Reported(attempt.Allocation.Head.Node, ++sequence, attempt.Id, Now, happened));
    }

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Evening;
    }
}
