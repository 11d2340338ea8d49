using System.CommandLine;
using GpuScheduler.Simulation.Output;

namespace GpuScheduler.Simulation.CommandLine;

/// <summary>A kind of workload file, and the replay that belongs to it.</summary>
internal interface IFormat
{
    /// <summary>As written after <c>--format</c>.</summary>
    string Name { get; }

    /// <summary>Flags it can't do without.</summary>
    IReadOnlyList<Option> Needs { get; }

    /// <summary>Flags it understands besides.</summary>
    IReadOnlyList<Option> Takes { get; }

    /// <summary>What <c>--policy</c> may say; empty where the flag isn't taken.</summary>
    IReadOnlyCollection<string> Policies { get; }

    /// <summary>What is wrong with the flags together, beyond what it needs and takes.</summary>
    IEnumerable<string> Check(Func<Option, bool> given) => [];

    ISimulationResult Run(ParseResult flags);
}
