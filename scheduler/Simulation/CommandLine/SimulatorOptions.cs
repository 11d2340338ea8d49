using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>What the command line says; the three names are files, plain or gzip.</summary>
/// <param name="Seed">Which of the order file's columns is replayed, and what the random policy draws from.</param>
internal sealed record SimulatorOptions(string Nodes, string Pods, string Order, int Seed, string Policy, IReport Output);
