namespace GpuScheduler.Simulation.Output;

/// <summary>For people.</summary>
internal sealed class TextReport : IReport
{
    public string Write(ISimulationResult result, TimeSpan elapsed) => result.ToText(elapsed);
}
