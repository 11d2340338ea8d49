using GpuScheduler.Core.Config;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Host.Pools;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace GpuScheduler.Host.Tests.Pools;

/// <summary>Forgetting old jobs is a chore: it must never take the scheduler down.</summary>
public sealed class HistoryPurgerTests
{
    [Fact]
    public async Task What_nothing_foresaw_is_tried_again_in_an_hour()
    {
        var folder = Directory.CreateTempSubdirectory("gpusched-purge-");
        var clock = new ArmedTimeProvider();
        var store = SqlitePoolStore.Open(Path.Combine(folder.FullName, "pool.db"), clock);
        // A store that is closed answers with what no contract names.
        await store.DisposeAsync();
        using var purger = new HistoryPurger(store, new PoolRules(new PoolConfig()), clock, NullLogger<HistoryPurger>.Instance);
        var before = clock.ArmedTimers;

        await purger.StartAsync(CancellationToken.None);
        await await Task.WhenAny(clock.UntilArmedAsync(before + 1), purger.ExecuteTask!);
        clock.Advance(TimeSpan.FromHours(1));
        await await Task.WhenAny(clock.UntilArmedAsync(before + 1), purger.ExecuteTask!);

        Assert.False(purger.ExecuteTask!.IsCompleted);
        await purger.StopAsync(CancellationToken.None);
        folder.Delete(recursive: true);
    }
}
