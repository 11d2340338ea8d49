using System.Runtime.CompilerServices;
using GpuScheduler.Client.Calls;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>Gets the pool's machines, and passes on that it takes no new work when that is so.</summary>
internal static class PoolReader
{
    public static async IAsyncEnumerable<Page<Node>> ReadAsync(
        Call call, SchedulerConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = false;
        await foreach (var (pool, nodes) in Pages.NodesAsync(connection, cancellationToken))
        {
            if (pool.RefusingWork.Length > 0 && !told)
                call.Remark($"the scheduler takes no new work: {pool.RefusingWork}");

            told |= pool.RefusingWork.Length > 0;
            yield return nodes;
        }
    }
}
