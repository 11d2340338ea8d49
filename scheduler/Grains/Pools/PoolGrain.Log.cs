using Microsoft.Extensions.Logging;

namespace GpuScheduler.Grains.Pools;

public sealed partial class PoolGrain
{
    [LoggerMessage(1001, LogLevel.Information, "Pool {PoolId} loaded under epoch {Epoch}: {Jobs} jobs not ended, {Nodes} nodes")]
    private partial void LogLoaded(string poolId, long epoch, int jobs, int nodes);

    [LoggerMessage(1002, LogLevel.Error, "A cycle of pool {PoolId} with {Inputs} inputs failed; its callers were refused: {Why}")]
    private partial void LogCycleFailed(Exception failure, string poolId, int inputs, string why);

    [LoggerMessage(1003, LogLevel.Warning, "Pool {PoolId} was opened elsewhere: epoch {Epoch} is over")]
    private partial void LogStale(string poolId, long epoch);

    [LoggerMessage(1004, LogLevel.Warning, "Pool {PoolId} could not be read anew yet")]
    private partial void LogRecoveryFailed(Exception failure, string poolId);

    [LoggerMessage(1005, LogLevel.Information, "Pool {PoolId} takes work again under epoch {Epoch}: {Jobs} jobs not ended")]
    private partial void LogRecovered(string poolId, long epoch, int jobs);

    [LoggerMessage(1006, LogLevel.Warning, "A cycle of pool {PoolId} with {Inputs} inputs failed; each call is tried alone")]
    private partial void LogIsolating(Exception failure, string poolId, int inputs);

    [LoggerMessage(1007, LogLevel.Error, "Pool {PoolId} can't take this input, others are not affected; a bug, please report it: {Input}")]
    private partial void LogPoison(Exception failure, string poolId, string input);

    [LoggerMessage(1009, LogLevel.Warning,
        "A worker knows commits of pool {PoolId} that its store has lost: a backup was put back. Work goes on under generation "
            + "{Generation}; attempts of the lost time run on as another store's")]
    private partial void LogGenerationBegun(string poolId, long generation);

    [LoggerMessage(
        1008, LogLevel.Information, "Pool {PoolId} has served the {Calls} calls of the failed cycle one by one: {Failed} failed")]
    private partial void LogIsolated(string poolId, int calls, int failed);
}
