using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Generators;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>What ended long ago is forgotten, and nothing else; its room goes back to the disk.</summary>
public sealed class PurgeTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Cutoff = Sample.Morning;
    private static readonly CancellationToken Cancel = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    private readonly StoreFolder _folder = new();
    private SqlitePoolStore _store = null!;
    private long _epoch;

    public async ValueTask InitializeAsync()
    {
        _store = SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());
        _epoch = (await _store.OpenAsync(Cancel)).Epoch;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task OldOnes_AreForgottenAndYoungOrLivingOnesStay()
    {
        await CommitAsync(Ended(1, days: -1), Ended(2, days: 1), Sample.Added(Sample.Job(3)), Ended(4, days: -400));

        Assert.Equal(2, await PurgeAllAsync());

        Assert.Equal([3, 2], (await _store.FindJobsAsync(new JobQuery(), Cancel)).Select(found => found.Job.Id.Number));
        Assert.Equal(5, (await _store.OpenAsync(Cancel)).NextJobNumber);
    }

    [Fact]
    public async Task Array_WithOneElementAlive_StaysWhole()
    {
        var array = Sample.Array(1, 3);
        foreach (var job in array.Jobs.Skip(1)) (job.State, job.EndTime) = (JobState.Completed, Cutoff.AddDays(-9));
        await CommitAsync(array);

        Assert.Equal(0, await PurgeAllAsync());
    }

    [Fact]
    public async Task LargeArray_IsForgottenInSeveralBites()
    {
        var array = Sample.Array(1, 5_000);
        foreach (var job in array.Jobs) (job.State, job.EndTime) = (JobState.Completed, Cutoff.AddDays(-9));
        await CommitAsync(array, Sample.Added(Sample.Job(2)));

        var first = await _store.PurgeAsync(0, Cutoff, Cancel);

        Assert.Equal((0L, 2_000), (first.After, first.Removed));
        Assert.Equal(3_000, await PurgeAllAsync());
    }

    [Fact]
    public async Task Script_GoesWithTheLastSubmissionThatHasIt()
    {
        var text = new string('x', 10_000);
        await CommitAsync(Ended(1, -1, text), Ended(2, 1, text));
        var hash = KeptText.Of(text)!.Hash;

        await PurgeAllAsync();
        Assert.NotNull(await _store.ReadTextAsync(hash, Cancel));

        await PurgeAllAsync(Cutoff.AddDays(2));
        Assert.Null(await _store.ReadTextAsync(hash, Cancel));
    }

    [Fact]
    public async Task Room_GoesBackToTheDisk()
    {
        for (var number = 1; number <= 10; number++)
            await CommitAsync(Ended(number, -1, new string((char)('a' + number), 1 << 20)));
        await ReopenAsync();
        Assert.InRange(new FileInfo(_folder.Store).Length, 10 << 20, 12 << 20);

        await PurgeAllAsync();
        while (await _store.GiveBackRoomAsync(Cancel))
        {
        }

        await ReopenAsync();

        Assert.InRange(new FileInfo(_folder.Store).Length, 0, 1 << 20);
    }

    private async Task ReopenAsync()
    {
        await _store.DisposeAsync();
        await InitializeAsync();
    }

    private async Task<int> PurgeAllAsync(DateTimeOffset? before = null)
    {
        var removed = 0;
        for (long? after = 0; after is { } from;)
        {
            var bite = await _store.PurgeAsync(from, before ?? Cutoff, Cancel);
            (after, removed) = (bite.After, removed + bite.Removed);
        }

        return removed;
    }

    private Task<long> CommitAsync(params StoreChange[] changes) => _store.CommitAsync(_epoch, changes, Cancel);

    private static StoreChange Ended(long number, double days, string? script = null)
    {
        var spec = Sample.Spec();
        if (script is not null) spec = spec with { Draft = spec.Draft with { KeptScript = KeptText.Of(script) } };
        var job = Sample.Start(Sample.Job(number, spec: spec));
        (job.State, job.EndTime) = (JobState.Completed, Cutoff.AddDays(days));
        return new StoreChange.JobsAdded(number, spec, "", [job]) { Script = script };
    }
}
