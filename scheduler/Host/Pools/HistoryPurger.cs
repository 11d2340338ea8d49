using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Storage.Sqlite;

namespace GpuScheduler.Host.Pools;

/// <summary>
/// Forgets jobs that ended longer ago than <c>history.keep</c>, and their scripts. In small bites with pauses, so that no cycle
/// waits for more than one of them.
/// </summary>
internal sealed partial class HistoryPurger(
    SqlitePoolStore store, PoolRules rules, TimeProvider clock, ILogger<HistoryPurger> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenBites = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Sweep(stoppingToken);
            await Task.Delay(BetweenSweeps, clock, stoppingToken);
        }
    }

    private async Task Sweep(CancellationToken cancellationToken)
    {
        var (before, removed) = (clock.GetUtcNow() - rules.InForce.History.Keep, 0);
        try
        {
            for (long? after = 0; after is { } from;)
            {
                var bite = await store.PurgeAsync(from, before, cancellationToken);
                (after, removed) = (bite.After, removed + bite.Removed);
                await Task.Delay(BetweenBites, clock, cancellationToken);
            }

            while (await store.GiveBackRoomAsync(cancellationToken)) await Task.Delay(BetweenBites, clock, cancellationToken);
            if (removed > 0) LogPurged(removed, before);
        }
        catch (Exception failure) when (failure is StoreFullException or StoreUnavailableException)
        {
            LogNotPurged(failure.Message);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // A background service that throws ends the scheduler: a store that stays large is the lesser evil.
            LogBroken(failure);
        }
    }

    [LoggerMessage(2405, LogLevel.Information, "Forgot {Count} jobs that ended before {Before:u} (history.keep)")]
    private partial void LogPurged(int count, DateTimeOffset before);

    [LoggerMessage(2406, LogLevel.Warning, "Old jobs could not be removed from the store; tried again in an hour: {Why}")]
    private partial void LogNotPurged(string why);

    [LoggerMessage(
        2407, LogLevel.Error, "Old jobs could not be removed from the store, for a reason that nothing foresaw; tried again in an hour")]
    private partial void LogBroken(Exception failure);
}
