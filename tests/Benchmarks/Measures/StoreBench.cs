using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite;

namespace GpuScheduler.Benchmarks.Measures;

/// <summary>A store in a folder of its own, and the changes that a busy pool makes.</summary>
internal sealed class StoreBench : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private readonly string _folder;
    private SqlitePoolStore _store;
    private long _epoch;
    private long _next = 1;

    private StoreBench(string folder)
    {
        _folder = folder;
        _store = SqlitePoolStore.Open(File, TimeProvider.System);
    }

    /// <summary>Jobs that have not ended.</summary>
    public int Live { get; private set; }

    private string File => Path.Combine(_folder, "bench.db");

    public static async Task<StoreBench> OpenAsync(string parent)
    {
        var folder = Path.Combine(parent, Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        var bench = new StoreBench(folder);
        bench._epoch = (await bench._store.OpenAsync(CancellationToken.None)).Epoch;
        await bench.SubmitAsync(20, 50);
        return bench;
    }

    public async Task SubmitAsync(int commits, int size)
    {
        for (var commit = 0; commit < commits; commit++)
            await CommitAsync([.. Enumerable.Range(0, size).Select(_ => Added(_next++))]);
    }

    /// <summary>As a pool does when jobs start and end.</summary>
    public async Task SaveAsync(int changes, int size)
    {
        var jobs = Enumerable.Range(1, size).Select(number => new Job(new JobId(number), Spec(), Now)).ToList();
        for (var saved = 0; saved < changes; saved += size)
            await CommitAsync([.. jobs.Select(job => new StoreChange.JobSaved(Started(job)))]);
    }

    public Task AddArrayAsync(int elements)
    {
        var (number, spec) = (_next++, Spec());
        Live += elements;
        return CommitAsync(
            [new StoreChange.JobsAdded(
                number, spec, "", [.. Enumerable.Range(0, elements).Select(index => new Job(new JobId(number, index), spec, Now))])]);
    }

    public async Task ReopenAsync()
    {
        await _store.DisposeAsync();
        _store = SqlitePoolStore.Open(File, TimeProvider.System);
        var pool = await _store.OpenAsync(CancellationToken.None);
        _epoch = pool.Epoch;
        if (pool.Jobs.Count != Live) throw new InvalidOperationException($"{Live} jobs were stored, {pool.Jobs.Count} came back");
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task CommitAsync(IReadOnlyList<StoreChange> changes) => _store.CommitAsync(_epoch, changes, CancellationToken.None);

    private StoreChange.JobsAdded Added(long number)
    {
        var spec = Spec();
        Live++;
        return new(number, spec, $"key-{number}", [new Job(new JobId(number), spec, Now)]);
    }

    private static Job Started(Job job)
    {
        job.State = JobState.Running;
        job.AttemptNumber = 1;
        job.StartTime = Now;
        var share = new NodeShare(new NodeId("bench"), [DeviceShare.Of("GPU-0")], 1, 1_024);
        job.Attempt = new Attempt(new AttemptId(job.Id, 1), Allocation.Of(share), Now) { StartTime = Now };
        return job;
    }

    private static JobSpec Spec() => new()
    {
        Draft = new JobDraft
        {
            User = "bench", Name = "bench", Command = ["python3", "train.py", "--epochs", "90"], Gpus = "a100:1",
            WorkingDirectory = "/home/bench",
        },
        Name = "bench",
        Tier = "training",
        Request = new ResourceRequest(new GpuRequest([new GpuAlternative("A100", 1, 0, null)], Ordered: false), 1, 1_024, [], []),
        Retries = 2,
        Grace = TimeSpan.FromSeconds(30),
    };
}
