namespace GpuScheduler.Simulation.History;

/// <summary>A job that waits for a person: a replay leaves it out, as it is not known for how long.</summary>
/// <param name="Id">As its owner knows it.</param>
/// <param name="Name">Its own.</param>
/// <param name="Why">As <c>explain</c> would say it.</param>
internal sealed record HeldJob(string Id, string Name, string Why);
