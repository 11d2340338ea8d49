using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Views;
using Orleans.Concurrency;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// One pool, named by its key: it owns the queue and the nodes, and decides in cycles. Every call interleaves: those that
/// change something wait in an inbox for the next cycle, those that read run between two cycles.
/// </summary>
[Alias("gpusched.IPoolGrain")]
public interface IPoolGrain : IGrainWithStringKey
{
    /// <summary>Takes inputs into the next cycle and answers when they are durable, or refused.</summary>
    [AlwaysInterleave, Alias("Apply")]
    Task<PoolAnswer> Apply(PoolCall call);

    /// <summary>Jobs that have not ended, in submission order; ended ones are in the store.</summary>
    [AlwaysInterleave, Alias("GetJobs")]
    Task<JobPage> GetJobs([Immutable] JobQuery query);

    /// <summary>An array as a whole, whatever became of its elements.</summary>
    [AlwaysInterleave, Alias("GetArray")]
    Task<ArrayView> GetArray(long number);

    /// <summary>Nodes, counts, and whether new work is refused.</summary>
    [AlwaysInterleave, Alias("GetPool")]
    Task<PoolView> GetPool();

    /// <summary>The same with at most so many nodes, by name, behind one of them; an empty name: from the first on.</summary>
    [AlwaysInterleave, Alias("GetNodes")]
    Task<PoolView> GetNodes(string behind, int most);

    /// <summary>Why new work is refused; null: it is not. Costs next to nothing, unlike a look at the pool.</summary>
    [AlwaysInterleave, Alias("WhyRefusing")]
    Task<string?> WhyRefusing();

    /// <summary>Why a job is where it is. One question at a time, for a tenth of the pool's time: others wait, and are told to come
    /// again rather than wait for long.</summary>
    [AlwaysInterleave, Alias("Explain")]
    Task<ExplainAnswer> Explain(JobId id);

    /// <summary>Effective priorities of jobs that wait for room, behind one that was sent before; null: from the highest on.</summary>
    [AlwaysInterleave, Alias("GetPriorities")]
    Task<PriorityPage> GetPriorities([Immutable] JobQuery query, PriorityMark? behind);

    /// <summary>What accounts used and are entitled to.</summary>
    [AlwaysInterleave, Alias("GetShares")]
    Task<SharePage> GetShares();

    /// <summary>Publishes every change to <paramref name="watcher"/> from now on. To be repeated at least every five minutes:
    /// a watcher that doesn't is forgotten. Returns the sequence number of the newest change.</summary>
    [AlwaysInterleave, Alias("Watch")]
    Task<PoolMark> Watch(IPoolWatcher watcher);

    /// <summary>Undoes <see cref="Watch"/>.</summary>
    [AlwaysInterleave, Alias("Unwatch")]
    Task Unwatch(IPoolWatcher watcher);
}
