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

    public double? Jct => Ended - Submitted;

    public double? Wait => Started - Submitted;
}

/// <summary>An attempt on a card.</summary>
internal sealed record Span(string Card, string Job, double Start, double End, bool Done, EndCause Cause);
