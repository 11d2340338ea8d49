using GpuScheduler.Core.Engine;
using Orleans;

namespace GpuScheduler.Grains.Views;

/// <summary>Effective priorities of jobs that wait for room.</summary>
/// <param name="Jobs">Tier by tier in the order of serving, highest first.</param>
/// <param name="Truncated">More matched.</param>
/// <param name="More">Further ones follow behind these.</param>
[GenerateSerializer, Immutable, Alias("gpusched.PriorityPage")]
public sealed record PriorityPage(JobPriority[] Jobs, bool Truncated, bool More);

/// <summary>Where accounts stand.</summary>
/// <param name="Accounts">Users without a project first, then each project and its users.</param>
[GenerateSerializer, Immutable, Alias("gpusched.SharePage")]
public sealed record SharePage(AccountShare[] Accounts);
