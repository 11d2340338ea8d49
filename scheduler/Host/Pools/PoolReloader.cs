using GpuScheduler.Core.Engine;
using GpuScheduler.Host.Grpc;
using GpuScheduler.Host.PoolFile;
using Grpc.Core;

namespace GpuScheduler.Host.Pools;

/// <summary>Reads the pool's file again and has its rules put in force: whole, or not at all.</summary>
public sealed partial class PoolReloader(PoolClient pool, PoolFilePath file, RulesKeeper keeper, ILogger<PoolReloader> logger)
{
    /// <summary>What became of it. The file's own faults are told with their lines before the pool hears of anything.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT with every fault; FAILED_PRECONDITION without a file; UNAVAILABLE when
    /// nothing can be decided now. In each case the rules in force stay in force.</exception>
    public async Task<(string File, PoolReply.Reloaded Reply)> Reload(string asker)
    {
        if (file.FullPath is not { } path)
            throw BadRequest.NotNow(
                "the scheduler runs on its shipped rules: start it with --config FILE, then the file can be read again");
        var (rules, faults, text) = file.Read();
        if (faults.Count > 0)
        {
            LogRefused(path, faults.Count, asker);
            throw BadRequest.Of(faults);
        }

        var reply = await pool.Ask<PoolReply.Reloaded>(new PoolInput.Reload(rules));
        await keeper.Keep(text);
        LogReloaded(path, reply.Changed.Count == 0 ? "nothing changed" : string.Join(", ", reply.Changed), asker);
        return (path, reply);
    }

    [LoggerMessage(2401, LogLevel.Information, "Rules read again from {File} for {Asker}: {Changed}")]
    private partial void LogReloaded(string file, string changed, string asker);

    [LoggerMessage(
        2402, LogLevel.Warning, "Rules in {File} are refused (faults: {Faults}); those in force stay in force (asked for by {Asker})")]
    private partial void LogRefused(string file, int faults, string asker);
}
