namespace GpuScheduler.Simulation.Output;

/// <summary>Puts a result into words.</summary>
internal interface IReport
{
    /// <param name="elapsed">Real time that reading and replaying took.</param>
    string Write(ISimulationResult result, TimeSpan elapsed);
}
