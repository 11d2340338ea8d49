using GpuScheduler.Core.Policies;

namespace GpuScheduler.Simulation.Shockwave;

/// <param name="Facts">What a policy sees. Its pace is what the policy believes.</param>
/// <param name="Pace">s that a step really takes, on average over the run.</param>
/// <param name="Duration">s that it runs alone.</param>
internal sealed record ShockwaveJob(Contender Facts, double Pace, double Duration);
