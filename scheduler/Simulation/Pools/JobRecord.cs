using GpuScheduler.Core.Model;

namespace GpuScheduler.Simulation.Pools;

/// <summary>A job's dates, in s from the start of the replay.</summary>
internal sealed class JobRecord(SimulatedJob job, double submitted)
{
    public SimulatedJob Job => job;

    public double Submitted => submitted;

    public string Tier { get; set; } = "";

    public double? Started { get; set; }

    public double? Ended { get; set; }

    public JobState? Outcome { get; set; }

    public int Attempts { get; set; }

    /// <summary>In the queue: submitted or queued again, and nothing granted.</summary>
    public bool Waits { get; set; }

    public double? Jct => Ended - Submitted;

    public double? Wait => Started - Submitted;
}

/// <summary>An attempt on a card, or on the cores of a machine; times in s from the start of the replay.</summary>
/// <param name="Card">Its uuid; empty for work without cards.</param>
/// <param name="Node">The machine.</param>
/// <param name="Class">Of the card; cpu for cores.</param>
/// <param name="Amount">Cards or cores: a shared card counts as the part that was granted.</param>
/// <param name="Job">Whose.</param>
/// <param name="Start">When it was granted.</param>
/// <param name="End">When it was given back.</param>
/// <param name="Lost">s of it that were worked in vain.</param>
/// <param name="Restart">s of it before work went on.</param>
/// <param name="Done">It brought its job to the end.</param>
/// <param name="Cause">What ended it.</param>
internal sealed record Span(
    string Card, string Node, DeviceClass Class, double Amount, JobRecord Job, double Start, double End, double Lost, double Restart, bool Done, EndCause Cause)
{
    public double Length => End - Start;
}

/// <summary>Somebody joined the queue (+1) or left it (-1); s from the start of the replay.</summary>
internal readonly record struct QueueStep(double Time, JobRecord Job, int Change);
