using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Views;

/// <summary>Effective priorities of jobs that wait for room.</summary>
/// <param name="Jobs">Tier by tier in the order of serving, highest first.</param>
/// <param name="Truncated">More matched.</param>
/// <param name="Time">The moment of which they are.</param>
[GenerateSerializer, Immutable, Alias("gpusched.PriorityPage")]
public sealed record PriorityPage(JobPriority[] Jobs, bool Truncated, DateTimeOffset Time);

/// <summary>Where a page of a list of priorities begins: behind a job that stood so.</summary>
/// <param name="Time">The moment of the first page: further ones are reckoned for it, so that none moves for its wait alone.</param>
/// <param name="Tier">The job's.</param>
/// <param name="Overdue">It goes before those that are not.</param>
/// <param name="Total">Its priority.</param>
/// <param name="Job">Which.</param>
[GenerateSerializer, Immutable, Alias("gpusched.PriorityMark")]
public sealed record PriorityMark(DateTimeOffset Time, string Tier, bool Overdue, double Total, JobId Job);

/// <summary>Where accounts stand.</summary>
/// <param name="Accounts">Users without a project first, then each project and its users.</param>
[GenerateSerializer, Immutable, Alias("gpusched.SharePage")]
public sealed record SharePage(AccountShare[] Accounts);
