using GpuScheduler.Core.Config;

namespace GpuScheduler.Grains.Pools;

/// <summary>
/// The rules of the pool that this process serves. They begin as the file had them when the scheduler started; a reload replaces
/// them once it is decided, so that nothing acts on rules that were refused.
/// </summary>
/// <param name="initial">As the file had them at the start.</param>
public sealed class PoolRules(PoolConfig initial)
{
    private volatile PoolConfig _inForce = initial;

    /// <summary>The rules in force; immutable, and replaced whole. Read on any thread.</summary>
    public PoolConfig InForce
    {
        get => _inForce;
        set => _inForce = value;
    }
}
