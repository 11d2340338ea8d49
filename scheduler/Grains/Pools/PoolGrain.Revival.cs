using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Pools;

/// <summary>Ended jobs leave the pool's memory; to queue one again, it is read back from the store.</summary>
public sealed partial class PoolGrain
{
    private async Task<IReadOnlyList<PoolInput>> ReadBack(IReadOnlyList<PoolInput> inputs)
    {
        if (!inputs.OfType<PoolInput.Requeue>().Any()) return inputs;
        var complete = new List<PoolInput>(inputs.Count);
        foreach (var input in inputs) complete.Add(input is PoolInput.Requeue requeue ? await ReadBack(requeue) : input);
        return complete;
    }

    private async Task<PoolInput> ReadBack(PoolInput.Requeue requeue)
    {
        var ended = _memory.State.EndedAmong(requeue.Ids);
        return ended.Count == 0 ? requeue : requeue with { Revived = await ReadEnded(ended) };
    }

    private async Task<IReadOnlyList<Job>> ReadEnded(IReadOnlyList<JobId> ids)
    {
        var found = await store.FindJobsAsync(new JobQuery { Ids = ids, EndedOnly = true, Limit = ids.Count }, CancellationToken.None);
        return [.. found.Select(stored => stored.Job)];
    }
}
