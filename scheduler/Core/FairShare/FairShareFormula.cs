namespace GpuScheduler.Core.FairShare;

/// <summary>Slurm's classic fair-share formula (schedmd.com/slurm, "Classic Fairshare Algorithm").</summary>
internal static class FairShareFormula
{
    /// <summary>What counts as a child's use: its own, and its part of what its siblings used of their common parent. Directly below
    /// the pool that is its own use.</summary>
    /// <param name="own">Its part of the pool's use, 0 … 1.</param>
    /// <param name="parent">The same for its parent.</param>
    /// <param name="share">Its shares over those of all siblings, itself included.</param>
    public static double EffectiveUse(double own, double parent, double share) => own + ((parent - own) * share);

    /// <summary>1 for who used nothing, 0.5 for who used exactly what is due, towards 0 beyond.</summary>
    /// <param name="effectiveUse">0 … 1.</param>
    /// <param name="share">Shares normalized over the pool, 0 … 1.</param>
    public static double Factor(double effectiveUse, double share) =>
        effectiveUse <= 0 ? 1 : share <= 0 ? 0 : Math.Pow(2, -effectiveUse / share);
}
