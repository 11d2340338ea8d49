using System.Text.Json;

namespace GpuScheduler.Simulation.Output;

/// <summary>One object on one line.</summary>
internal sealed class JsonReport : IReport
{
    public string Write(ISimulationResult result, TimeSpan elapsed) => result.ToJson(elapsed).ToJsonString(JsonSerializerOptions.Default);
}
