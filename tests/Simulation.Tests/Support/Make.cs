using GpuScheduler.Core.Packing;

namespace GpuScheduler.Simulation.Tests.Support;

/// <summary>Nodes and requests with defaults, so that a test states only what matters.</summary>
internal static class Make
{
    public static PackingNode Node(string name, int gpus = 1, int cpu = 64_000, long memory = 1_000_000, string model = "A") =>
        new(name, cpu, memory, gpus, model);

    public static PackingRequest Share(int milli, int cpu = 1000, long memory = 0) => new(cpu, memory, 1, milli, ModelSet.Any);

    public static PackingRequest Whole(int gpus, int cpu = 1000, params string[] models) =>
        new(cpu, 0, gpus, PackingRequest.WholeGpu, ModelSet.Of(models));
}
