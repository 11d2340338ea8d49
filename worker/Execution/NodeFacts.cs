using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>What is true of this node for every attempt.</summary>
/// <param name="Name">Under which the scheduler knows it.</param>
/// <param name="Server">Where jobs reach the scheduler; empty: not known.</param>
/// <param name="Programs">The folder with the command line, for a job's PATH; empty: it isn't beside the worker.</param>
/// <param name="Cards">Which are there.</param>
internal sealed record NodeFacts(string Name, string Server, string Programs, CardBinding Cards)
{
    private const string CommandLine = "gpusched";

    public static NodeFacts Of(string name, Uri server, IReadOnlyList<InventoryDevice> devices)
    {
        var folder = AppContext.BaseDirectory.TrimEnd('/');
        return new(name, server.OriginalString, File.Exists(Path.Combine(folder, CommandLine)) ? folder : "", new CardBinding(devices));
    }
}
