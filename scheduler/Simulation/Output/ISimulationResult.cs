using System.Text.Json.Nodes;

namespace GpuScheduler.Simulation.Output;

/// <summary>What a replay found out.</summary>
internal interface ISimulationResult
{
    /// <summary>Of the process: 0, or 1 where the replay did not come to its end.</summary>
    int ExitCode => 0;

    /// <summary>Why it is not 0, for standard error.</summary>
    string Complaint => "";

    /// <summary>Fields are only ever added; null is something that the replay could not tell.</summary>
    /// <param name="elapsed">Real time that reading and replaying took; the only figure that differs from run to run.</param>
    JsonObject ToJson(TimeSpan elapsed);

    /// <summary>A few lines for people.</summary>
    string ToText(TimeSpan elapsed);
}
