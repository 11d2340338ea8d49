using System.Text.Json.Nodes;

namespace GpuScheduler.Simulation.Output;

/// <summary>What a replay found out.</summary>
internal interface ISimulationResult
{
    /// <summary>Fields are only ever added; null is something that the replay could not tell.</summary>
    /// <param name="elapsed">Real time that reading and replaying took; the only figure that differs from run to run.</param>
    JsonObject ToJson(TimeSpan elapsed);

    /// <summary>A few lines for people.</summary>
    string ToText(TimeSpan elapsed);
}
