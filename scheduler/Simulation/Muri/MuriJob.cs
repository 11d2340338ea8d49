using GpuScheduler.Core.Policies;

namespace GpuScheduler.Simulation.Muri;

/// <param name="Restart">s of progress that a restart costs.</param>
internal sealed record MuriJob(Contender Facts, double Restart);
