using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Gets the pool, and passes on that it takes no new work when that is so.</summary>
internal static class PoolReader
{
    public static async Task<Pool> ReadAsync(Call call, SchedulerConnection connection, CancellationToken cancellationToken)
    {
        var pool = await Pages.PoolAsync(connection, cancellationToken);
        if (pool.RefusingWork.Length > 0)
            call.Remark($"the scheduler takes no new work: {pool.RefusingWork}");

        return pool;
    }
}
