using GpuScheduler.Core.FairShare;

namespace GpuScheduler.Core.Tests.FairShare;

/// <summary>The worked example of Slurm's documentation ("Classic Fairshare Algorithm", Example), level by level.</summary>
public sealed class FairShareFormulaTests
{
    [Theory]
    // Accounts A (40 of 100 shares, use 0.45) and D (60 shares, use 0.25) stand below the root: their effective use is their own.
    [InlineData("B", 0.20, 0.45, 30, 40, 0.3875)]
    [InlineData("C", 0.25, 0.45, 10, 40, 0.3)]
    [InlineData("E", 0.25, 0.25, 25, 60, 0.25)]
    [InlineData("F", 0.00, 0.25, 35, 60, 0.1458)]
    [InlineData("user 1 of B", 0.20, 0.3875, 1, 1, 0.3875)]
    [InlineData("user 2 of C", 0.25, 0.3, 1, 2, 0.275)]
    [InlineData("user 3 of C", 0.00, 0.3, 1, 2, 0.15)]
    [InlineData("user 4 of E", 0.25, 0.25, 1, 1, 0.25)]
    [InlineData("user 5 of F", 0.00, 0.1458, 1, 1, 0.1458)]
    public void Effective_use_is_as_in_the_documentation(string who, double own, double parent, int shares, int siblings,
        double expected) =>
        Assert.True(Math.Abs(expected - FairShareFormula.EffectiveUse(own, parent, shares / (double)siblings)) < 0.00005, who);

    [Theory]
    [InlineData("user 1", 0.3875, 0.30, 0.408479)]
    [InlineData("user 2", 0.275, 0.05, 0.022097)]
    [InlineData("user 3", 0.15, 0.05, 0.125)]
    [InlineData("user 4", 0.25, 0.25, 0.5)]
    [InlineData("user 5", 0.1458, 0.35, 0.749154)]
    [InlineData("who used nothing", 0, 0.1, 1)]
    [InlineData("who is entitled to nothing and used some", 0.1, 0, 0)]
    public void The_factor_is_as_in_the_documentation(string who, double effectiveUse, double share, double expected) =>
        Assert.True(Math.Abs(expected - FairShareFormula.Factor(effectiveUse, share)) < 0.0001, who);
}
