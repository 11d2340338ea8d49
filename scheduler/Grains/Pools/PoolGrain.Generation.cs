using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// A worker knew a later state of the store than the store itself: a backup was put back. From now on work goes on under another
/// generation, and every worker changes its folder, so that nothing of the lost time is taken for something of now.
/// </summary>
public sealed partial class PoolGrain
{
    private bool BeginsGeneration(StepResult step) =>
        step.Changes.OfType<StoreChange.GenerationRaised>().Any(raised => raised.Generation > position.Now.Identity.Generation);

    /// <summary>The pool is read anew, as after a restart: no session of the old generation counts any more.</summary>
    private async Task BeginGeneration()
    {
        LogGenerationBegun(PoolName, _memory.State.Identity.Generation);
        await _memory.Load(CancellationToken.None);
        await AskNodesToRejoin();
        _inbox.Wake();
    }
}
