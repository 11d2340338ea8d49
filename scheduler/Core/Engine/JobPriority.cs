using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>A waiting job's effective priority: the sum of its parts, in points.</summary>
/// <param name="Job">The job.</param>
/// <param name="User">Whose.</param>
/// <param name="Project">Empty: none.</param>
/// <param name="Tier">Jobs compete within it.</param>
/// <param name="Total">What decides.</param>
/// <param name="Priority">For the user's own priority.</param>
/// <param name="Age">For the wait.</param>
/// <param name="FairShare">For what its account used.</param>
/// <param name="Deadline">For how near its latest start is.</param>
/// <param name="Overdue">It has waited past the bound, and goes before all that have not.</param>
public sealed record JobPriority(
    JobId Job, string User, string Project, string Tier, double Total, double Priority, double Age, double FairShare, double Deadline,
    bool Overdue);

/// <summary>Where an account stands.</summary>
/// <param name="Account">A user, a project, or a user within one.</param>
/// <param name="Shares">As configured.</param>
/// <param name="NormalizedShare">Of the pool, 0 … 1.</param>
/// <param name="Use">Decayed, in cost × seconds, with all that runs now.</param>
/// <param name="EffectiveUse">Of the pool's, 0 … 1; with its part of what its siblings used of their project.</param>
/// <param name="Factor">0 … 1; 0.5: it used exactly what is due.</param>
/// <param name="Rate">Cost a second of what runs now.</param>
/// <param name="Jobs">Jobs that have not ended.</param>
public sealed record AccountShare(
    AccountId Account, int Shares, double NormalizedShare, double Use, double EffectiveUse, double Factor, double Rate, int Jobs);
