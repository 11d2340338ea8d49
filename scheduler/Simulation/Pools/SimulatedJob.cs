using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>A job, and what it will turn out to do.</summary>
/// <param name="Where">File and line, for messages.</param>
/// <param name="Submit">s from the start of the replay.</param>
/// <param name="Work">s that it runs on a card of speed 1, without interruptions.</param>
internal sealed record SimulatedJob(string Where, double Submit, double Work, JobDraft Draft)
{
    /// <summary>As its owner knows it; empty: by its place in the file.</summary>
    public string Id { get; init; } = "";

    /// <summary>What is supposed of its run time, for people; empty: it is known.</summary>
    public string Guessed { get; init; } = "";

    /// <summary>Null: it is bound to no other.</summary>
    public ArrayElement? Element { get; init; }

    /// <summary>It runs already when it comes, so it starts before all others that come then.</summary>
    public bool Runs { get; init; }

    public static IReadOnlyDictionary<string, double> SameEverywhere { get; } = new Dictionary<string, double>();

    /// <summary>s between checkpoints; null: it writes none, and starts anew whenever it was stopped.</summary>
    public double? CheckpointEvery { get; init; }

    /// <summary>s at the start of each attempt but the first in which nothing is done.</summary>
    public double Restart { get; init; }

    /// <summary>How it ends when its work is done.</summary>
    public int ExitCode { get; init; }

    /// <summary>Relative speed by catalog key of the card; a card that isn't named has speed 1.</summary>
    public IReadOnlyDictionary<string, double> Speeds { get; init; } = SameEverywhere;

    public double SpeedOn(string model) => Speeds.GetValueOrDefault(model, 1);
}
